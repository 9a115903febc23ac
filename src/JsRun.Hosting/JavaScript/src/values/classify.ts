// Finds out what an object is: by its prototypes, which user code can change, and then by an internal slot, which it cannot forge.
import { getOwnPropertyDescriptor, getPrototypeOf, uncurry } from '../kernel/intrinsics.ts';
import { isError as isErrorNative, isSharedArrayBuffer, whenLive } from '../kernel/when-live.ts';
import type { Keep } from './references.ts';

/** What an object is to a value that crosses. JavaScript's alone. */
export const enum Kind { Plain, Error, Date, Map, Set, Promise, RegExp, Buffer, Boxed, Reference }

export interface Class { kind: Kind; reference?: string; keep?: Keep }

const getter = (prototype: object, key: string) => uncurry(getOwnPropertyDescriptor(prototype, key)!.get!);
const hasPrototype = uncurry(Object.prototype.isPrototypeOf) as (prototype: object, value: object) => boolean;
const ErrorPrototype = Error.prototype;
const PromisePrototype = Promise.prototype;

export const dateValue: (date: object) => number = uncurry(Date.prototype.getTime);
export const mapForEach: (map: object, visit: (value: unknown, key: unknown) => void) => void = uncurry(Map.prototype.forEach);
export const setForEach: (set: object, visit: (value: unknown) => void) => void = uncurry(Set.prototype.forEach);
export const mapSize: (map: object) => number = getter(Map.prototype, 'size');
export const setSize: (set: object) => number = getter(Set.prototype, 'size');
export const bufferSize: (buffer: object) => number = getter(ArrayBuffer.prototype, 'byteLength');
let sharedSize: (buffer: object) => number;
const regExpSource: (expression: object) => string = getter(RegExp.prototype, 'source');
const regExpFlags: (expression: object) => string = getter(RegExp.prototype, 'flags');
const unboxers = [Boolean, Number, String, BigInt, Symbol].map((type) => uncurry(type.prototype.valueOf as () => unknown));

const classes = new Map<object, Class>();
const classOf: (prototype: object) => Class | undefined = ((get) => (prototype: object) => get(classes, prototype))(uncurry(Map.prototype.get));

for (const [type, kind] of [
  [Error, Kind.Error], [Date, Kind.Date], [Map, Kind.Map], [Set, Kind.Set], [Promise, Kind.Promise], [RegExp, Kind.RegExp], [ArrayBuffer, Kind.Buffer],
  [Boolean, Kind.Boxed], [Number, Kind.Boxed], [String, Kind.Boxed], [BigInt, Kind.Boxed], [Symbol, Kind.Boxed],
] as [{ prototype: object }, Kind][]) classes.set(type.prototype, { kind });

const setClass = uncurry(Map.prototype.set);

// A context that is built for an image does not have these yet.
whenLive(() => {
  const { value: type } = (getOwnPropertyDescriptor(globalThis, 'SharedArrayBuffer') ?? {}) as { value?: { prototype: object } };
  if (type === undefined) return;
  sharedSize = getter(type.prototype, 'byteLength');
  setClass(classes, type.prototype, { kind: Kind.Buffer });
});

/** Objects with this prototype stay here; the host receives a number. */
export function keepInstances(prototype: object, reference: string, keep: Keep): void {
  classes.set(prototype, { kind: Kind.Reference, reference, keep });
}

const plain: Class = { kind: Kind.Plain };
// The longest chain of prototypes that is followed: a Proxy can make one without an end.
const LONGEST = 100;

export function classify(value: object, prototype: object | null): Class {
  let depth = 0;
  for (let p = prototype; p !== null && depth < LONGEST; p = getPrototypeOf(p), depth++) {
    const found = classOf(p);
    if (found !== undefined) return holds(value, found.kind) ? found : plain;
  }
  return isErrorNative(value) ? classOf(ErrorPrototype)! : plain;
}

/** Whether the object has the internal slot that objects with its prototype have. */
function holds(value: object, kind: Kind): boolean {
  if (kind === Kind.Reference) return true;
  try {
    switch (kind) {
      case Kind.Error: return isErrorNative(value);
      case Kind.Date: dateValue(value); return true;
      case Kind.Map: mapSize(value); return true;
      case Kind.Set: setSize(value); return true;
      case Kind.RegExp: return value !== (RegExp.prototype as object) && regExpText(value) !== undefined;
      case Kind.Buffer: bufferLength(value); return true;
      case Kind.Boxed: return unbox(value) !== undefined;
      default: return true;
    }
  } catch {
    return false;
  }
}

export function bufferLength(buffer: object): number {
  return isSharedArrayBuffer(buffer) ? sharedSize(buffer) : bufferSize(buffer);
}

/** A regular expression as it is written: `/source/flags`. */
export function regExpText(expression: object): string { return `/${regExpSource(expression)}/${regExpFlags(expression)}`; }

/** The primitive inside of an object such as `new Number(1)`. */
export function unbox(value: object): unknown {
  for (let i = 0; i < unboxers.length; i++) {
    try {
      return unboxers[i]!(value);
    } catch { /* not of that type */ }
  }
  return undefined;
}

export function isPromise(value: unknown): boolean {
  try {
    return typeof value === 'object' && value !== null && hasPrototype(PromisePrototype, value);
  } catch {
    return false;
  }
}
