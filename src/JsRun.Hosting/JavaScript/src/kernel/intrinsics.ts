// The intrinsics that the kernel, the bridge and the checks use, captured before any user code runs: what user code does to the originals changes nothing here.
const { bind, call } = Function.prototype;
const bindTo = call.bind(bind) as (f: unknown, self: unknown) => unknown;

export const { apply, construct, defineProperty, deleteProperty, getOwnPropertyDescriptor, getPrototypeOf, setPrototypeOf, ownKeys } = Reflect;
export const { parse: parseJson, stringify: toJson } = JSON;
export const { isView } = ArrayBuffer;
export const { isArray } = Array;
export const { ceil, floor, max, min } = Math;
export const { freeze } = Object;
export const { WeakMap: NativeWeakMap, Set: NativeSet, WeakRef: NativeWeakRef } = globalThis;
export const NativePromise = Promise;
export const NativeArrayBuffer = ArrayBuffer;
export const NativeUint8Array = Uint8Array;
export const NativeError = Error;
export const NativeTypeError = TypeError;
export const NativeRangeError = RangeError;
export const toNumber = Number;
export const ArrayPrototype = Array.prototype;

/** `f` as a function whose first parameter is what was `this`. */
export const uncurry = (f: (...args: any[]) => any): ((self: any, ...args: any[]) => any) => bindTo(call, f) as never;

/** As they are, for rooms that are lazy (lazy.mjs) and uncurry them when they are made: a method that is only kept costs a context nothing. */
export const { get: weakMapGet, set: weakMapSet, has: weakMapHas, delete: weakMapDelete } = WeakMap.prototype;
export const { add: setAdd, has: setHas, delete: setDelete } = Set.prototype;
export const { deref: weakRefDeref } = WeakRef.prototype;
export const { propertyIsEnumerable } = Object.prototype;
export const { transfer: transferBuffer } = ArrayBuffer.prototype;

/** A property's descriptor that inherits nothing: what it lacks is missing, whatever user code has put on Object.prototype. */
export function descriptorOf(holder: object, key: PropertyKey): PropertyDescriptor | undefined {
  const descriptor = getOwnPropertyDescriptor(holder, key);
  if (descriptor !== undefined) setPrototypeOf(descriptor, null);
  return descriptor;
}

const getter = (prototype: object, key: PropertyKey) => uncurry(getOwnPropertyDescriptor(prototype, key)!.get!);
const typedArray = getPrototypeOf(Uint8Array.prototype)!;

const { prototype } = NativePromise;
const { then: nativeThen } = prototype;
const thenOf: <T>(promise: Promise<T>, done: (value: T) => void, failed: (reason: unknown) => void) => Promise<void> = uncurry(nativeThen);

/**
 * Makes a promise of the trusted code's own deaf to what user code does to Promise.prototype: `await` asks a promise for its `constructor`, and resolving another one with it for its
 * `then`. Whoever could answer there would get hold of the promise, and with it of what it is fulfilled with, or put something else in its place.
 */
export function ours<T>(promise: Promise<T>): Promise<T> {
  defineProperty(promise, 'constructor', { __proto__: null, value: NativePromise } as PropertyDescriptor);
  defineProperty(promise, 'then', { __proto__: null, value: nativeThen } as PropertyDescriptor);
  return promise;
}

/** `then` of a promise that no user code holds. It looks up what to make at the promise's constructor, which user code can replace; where that throws, it is asked again without. */
export function then<T>(promise: Promise<T>, done: (value: T) => void, failed: (reason: unknown) => void): void {
  try {
    thenOf(promise, done, failed);
  } catch {
    defineProperty(promise, 'constructor', { __proto__: null, value: undefined } as PropertyDescriptor);
    thenOf(promise, done, failed);
  }
}

/** A list that no setter of user code can listen to. */
export function list<T>(): T[] {
  const items: T[] = [];
  setPrototypeOf(items, null);
  return items;
}

/** Cuts a class of the trusted code's own off: its instances ask nothing of Object.prototype, where user code may have put something (a `then`, say), and lead nobody to the class. */
export function conceal(type: abstract new (...args: never[]) => object): void {
  const own = type.prototype as object;
  setPrototypeOf(own, null);
  deleteProperty(own, 'constructor');
}

export const split: (text: string, by: string) => string[] = uncurry(String.prototype.split);
export const slice: (text: string, from: number, to?: number) => string = uncurry(String.prototype.slice);
export const indexOf: (text: string, what: string, from?: number) => number = uncurry(String.prototype.indexOf);
export const charCodeAt: (text: string, at: number) => number = uncurry(String.prototype.charCodeAt);
export const toLowerCase: (text: string) => string = uncurry(String.prototype.toLowerCase);
export const exec: (expression: RegExp, text: string) => RegExpExecArray | null = uncurry(RegExp.prototype.exec);
export const test = (expression: RegExp, text: string): boolean => exec(expression, text) !== null;
export const setBytes: (to: Uint8Array, from: Uint8Array, offset: number) => void = uncurry((typedArray as Uint8Array).set);
export const subarray: (bytes: Uint8Array, from: number, to: number) => Uint8Array = uncurry((typedArray as Uint8Array).subarray);
export const typedArrayName: (value: unknown) => string | undefined = getter(typedArray, Symbol.toStringTag);
export const bufferOf: (view: ArrayBufferView) => ArrayBufferLike = getter(typedArray, 'buffer');
export const byteLengthOf: (view: ArrayBufferView) => number = getter(typedArray, 'byteLength');
export const byteOffsetOf: (view: ArrayBufferView) => number = getter(typedArray, 'byteOffset');

/** A table by number that no user code can reach or poison. */
export type Table<T> = Record<number, T | undefined>;
export const createTable = <T>(): Table<T> => ({ __proto__: null }) as never;

/** Waits for a value as `await` does. A plain promise is asked directly; whatever else may have a `then` gets a promise of ours around it. */
export function settle(value: unknown, done: (value: unknown) => void, failed: (reason: unknown) => void): void {
  if (typeof value === 'object' && value !== null) {
    try {
      if (getPrototypeOf(value) === prototype) {
        thenOf(value as Promise<unknown>, done, failed);
        return;
      }
    } catch { /* it only inherits from Promise.prototype, is a Proxy that does not say, or its constructor threw: nobody waits for it yet */ }
  }
  then(new NativePromise<unknown>((resolve) => { resolve(value); }), done, failed);
}
