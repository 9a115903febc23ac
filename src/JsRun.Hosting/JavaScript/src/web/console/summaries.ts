// The console shows a platform object as an object of the same class with some of its properties.
import { interfaceOf } from '../webidl/interface.ts';

const properties: Record<string, readonly string[]> = {
  URL: ['href'],
  URLPattern: ['protocol', 'username', 'password', 'hostname', 'port', 'pathname', 'search', 'hash'],
  Request: ['method', 'url', 'headers'],
  Response: ['status', 'statusText', 'headers', 'bodyUsed'],
  File: ['name', 'size', 'type'],
  Blob: ['size', 'type'],
  CryptoKey: ['type', 'extractable', 'algorithm', 'usages'],
  AbortSignal: ['aborted', 'reason'],
  Event: ['type', 'defaultPrevented'],
};
/** Shown by their pairs. */
const iterables = new Set(['Headers', 'URLSearchParams', 'FormData']);

/** Returns undefined if the object is not a platform object, or has no summary. */
export function summarize(value: object): object | undefined {
  for (let holder = Object.getPrototypeOf(value) as object | null; holder !== null; holder = Object.getPrototypeOf(holder) as object | null) {
    const name = interfaceOf(holder);
    if (name === undefined) continue;
    if (iterables.has(name)) return Object.fromEntries(value as Iterable<[string, unknown]>);
    if (Object.hasOwn(properties, name)) return Object.fromEntries(properties[name]!.map((key) => [key, (value as Record<string, unknown>)[key]]));
  }
  return undefined;
}
