// The crossing of caches: a store of the host holds the caches of the pool group. JsRun's own store answers at once, the application's later.
import { onEntry } from '../../kernel/entries.ts';
import { begun, ended, enqueue, type HostCalls, hostCalls, mustWait } from '../../kernel/host-calls.ts';
import { host } from '../../kernel/host.ts';
import { createTable, indexOf, NativePromise, NativeUint8Array, ours, parseJson, slice, split, toJson, toNumber } from '../../kernel/intrinsics.ts';
import { CacheStep, EntryOp, HostOp, PENDING } from '../../kernel/ops.ts';
import { openTransfer, receiveAt, stage } from '../../kernel/transfer.ts';
import { DOMException } from '../webidl/dom-exception.ts';

/** An entry without its body. Headers are flat. The response URL is empty if a script has made the response. */
export interface CacheDescription {
  method: string;
  url: string;
  /** The fragment of the URL, which `keys` shows and matching ignores: empty, or "#…". */
  fragment: string;
  requestHeaders: string;
  status: number;
  statusText: string;
  headers: string;
  responseUrl: string;
  /** The size of the body, if it crosses too. */
  size: number;
}

export interface CachedEntry extends CacheDescription { body: Uint8Array<ArrayBuffer> }

/** What is asked for; without a URL, all. */
export interface CacheQuery { url: string | undefined; ignoreSearch: boolean; ignoreVary: boolean; headers: string }

type Answer = number | string;
interface Waiting { take: (answer: Answer) => void; size: number; of: HostCalls }

const waiting = createTable<Waiting>();
const away = hostCalls();
let lastCall = 0;

/** Asks the host. The answer is read before anything else happens. */
function ask<T>(read: (answer: Answer) => T, size: number, begin: (call: number) => Answer): Promise<T> {
  return ours(new NativePromise<T>((resolve, reject) => {
    const of = away();
    const start = (): void => {
      const call = ++lastCall;
      const take = (answer: Answer): void => {
        try {
          if (typeof answer === 'string' && answer[0] === '!') throw failure(answer);
          resolve(read(answer));
        } catch (error) {
          reject(error);
        }
      };
      const answer = begin(call);
      if (answer !== PENDING) {
        take(answer);
        return;
      }
      begun(of, size);
      waiting[call] = { take, size, of };
    };
    if (mustWait(of, size)) enqueue(of, start);
    else start();
  }));
}

function failure(answer: string): DOMException {
  const end = indexOf(answer, '\n');
  return new DOMException(slice(answer, end + 1), slice(answer, 1, end));
}

onEntry(EntryOp.CacheDone, (call: number, answer: Answer) => {
  const found = waiting[call];
  if (found === undefined) return;
  delete waiting[call];
  found.take(answer);
  ended(found.of, found.size);
});

const truth = (answer: Answer): boolean => answer === 1;

export const cacheNames = (): Promise<string[]> => ask((answer) => readNames(answer as string), 0, (call) => host(HostOp.Cache, CacheStep.Names, call) as Answer);
export const hasCache = (name: string): Promise<boolean> => ask(truth, 0, (call) => host(HostOp.Cache, CacheStep.Has, call, name) as Answer);
/** Returns whether there was room. */
export const openCache = (name: string): Promise<boolean> => ask(truth, 0, (call) => host(HostOp.Cache, CacheStep.Open, call, name) as Answer);
export const deleteCache = (name: string): Promise<boolean> => ask(truth, 0, (call) => host(HostOp.Cache, CacheStep.Delete, call, name) as Answer);

/** The names cross as their lengths and one text, because JSON would change names that are not well-formed. */
function readNames(text: string): string[] {
  const end = indexOf(text, '\n');
  const names: string[] = [];
  if (end === 0) return names;
  const lengths = split(slice(text, 0, end), ',');
  for (let i = 0, at = end + 1; i < lengths.length; i++) names[i] = slice(text, at, at += toNumber(lengths[i]));
  return names;
}

/** The entries that match, in the order of the store, at most so many; 0 for all without their bodies. */
export function matchInCache(name: string, { url, ignoreSearch, ignoreVary, headers }: CacheQuery, most: number): Promise<CachedEntry[]> {
  return ask((answer) => {
    const found = parseJson(answer as string) as CachedEntry[];
    for (let i = 0; i < found.length; i++) found[i]!.body = readBody(found[i]!.size);
    return found;
  }, 0, (call) => {
    openTransfer();
    return host(HostOp.Cache, CacheStep.Match, call, name, url, ignoreSearch, ignoreVary, headers, most) as Answer;
  });
}

function readBody(size: number): Uint8Array<ArrayBuffer> {
  const bytes = new NativeUint8Array(size);
  for (let at = 0; at < size;) {
    const part = host(HostOp.Cache, CacheStep.Read) as number;
    receiveAt(bytes, at, part);
    at += part;
  }
  return bytes;
}

/** Returns whether there was room. */
export function putIntoCache(name: string, description: CacheDescription, body: Uint8Array): Promise<boolean> {
  return ask(truth, body.length, (call) => {
    openTransfer();
    stage(body);
    return host(HostOp.Cache, CacheStep.Put, call, name, toJson(description)) as Answer;
  });
}

/** Returns whether any entry was removed. */
export function removeFromCache(name: string, { url, ignoreSearch, ignoreVary, headers }: CacheQuery): Promise<boolean> {
  return ask(truth, 0, (call) => host(HostOp.Cache, CacheStep.Remove, call, name, url, ignoreSearch, ignoreVary, headers) as Answer);
}
