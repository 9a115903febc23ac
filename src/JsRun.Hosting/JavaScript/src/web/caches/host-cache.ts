// The crossing of caches: the host holds the caches of the pool group. Entries cross without their bodies; the body of an entry crosses when it is needed.
import { host } from '../../kernel/host.ts';
import { indexOf, NativeUint8Array, parseJson, slice, split, toJson, toNumber } from '../../kernel/intrinsics.ts';
import { CacheStep, HostOp, NONE, REFUSED } from '../../kernel/ops.ts';
import { openTransfer, receiveAt, stage } from '../../kernel/transfer.ts';

/** An entry without its body. Headers are flat. The response URL is empty if a script has made the response. */
export interface CacheDescription {
  id: number;
  method: string;
  url: string;
  /** The fragment of the URL, which `keys` shows and matching ignores: empty, or "#…". */
  fragment: string;
  requestHeaders: string;
  status: number;
  statusText: string;
  headers: string;
  responseUrl: string;
}

/** The names cross as their lengths and one text, because JSON would change names that are not well-formed. */
export function cacheNames(): string[] {
  const text = host(HostOp.Cache, CacheStep.Names) as string;
  const end = indexOf(text, '\n');
  const names: string[] = [];
  if (end === 0) return names;
  const lengths = split(slice(text, 0, end), ',');
  for (let i = 0, at = end + 1; i < lengths.length; i++) names[i] = slice(text, at, at += toNumber(lengths[i]));
  return names;
}
export const hasCache = (name: string): boolean => host(HostOp.Cache, CacheStep.Has, name) === 1;
/** Returns whether there was room. */
export const openCache = (name: string): boolean => host(HostOp.Cache, CacheStep.Open, name) !== REFUSED;
export const deleteCache = (name: string): boolean => host(HostOp.Cache, CacheStep.Delete, name) === 1;

export function findInCache(name: string, url: string | undefined, ignoreQuery: boolean): CacheDescription[] {
  return parseJson(host(HostOp.Cache, CacheStep.Find, name, url, ignoreQuery) as string) as CacheDescription[];
}

/** The body of an entry; undefined if the entry has been removed meanwhile. */
export function takeFromCache(name: string, id: number): Uint8Array<ArrayBuffer> | undefined {
  const size = host(HostOp.Cache, CacheStep.Take, name, id) as number;
  if (size === NONE) return undefined;
  const bytes = new NativeUint8Array(size);
  openTransfer();
  for (let at = 0; at < size;) {
    const part = host(HostOp.Cache, CacheStep.Read) as number;
    receiveAt(bytes, at, part);
    at += part;
  }
  return bytes;
}

/** Returns whether there was room. */
export function putIntoCache(name: string, description: CacheDescription, body: Uint8Array, replaced: string): boolean {
  openTransfer();
  stage(body);
  return host(HostOp.Cache, CacheStep.Put, name, toJson(description), replaced) !== REFUSED;
}

export function removeFromCache(name: string, ids: string): void { host(HostOp.Cache, CacheStep.Remove, name, ids); }
