// The intrinsics that the kernel, the bridge and all checks use. They are captured before any user code runs, so what user code does to the originals changes nothing here.
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

/** Methods as they are, for lazy chunks (lazy.mjs), which uncurry them when they are evaluated: a method that is only kept costs a context nothing. */
export const { get: weakMapGet, set: weakMapSet, has: weakMapHas, delete: weakMapDelete } = WeakMap.prototype;
export const { add: setAdd, has: setHas, delete: setDelete } = Set.prototype;
export const { deref: weakRefDeref } = WeakRef.prototype;
export const { propertyIsEnumerable } = Object.prototype;
export const { transfer: transferBuffer } = ArrayBuffer.prototype;

/** A property's descriptor without a prototype, so that a missing attribute is not read from Object.prototype, which user code may have changed. */
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
 * Protects a promise of trusted code against a changed Promise.prototype. `await` reads a promise's `constructor`, and resolving another promise with it reads its `then`: user code that
 * defines one of them there would get the promise and its value, or could put another value in its place.
 */
export function ours<T>(promise: Promise<T>): Promise<T> {
  defineProperty(promise, 'constructor', { __proto__: null, value: NativePromise } as PropertyDescriptor);
  defineProperty(promise, 'then', { __proto__: null, value: nativeThen } as PropertyDescriptor);
  return promise;
}

/** `then` of a promise that no user code holds. V8 reads the promise's `constructor`, which user code can replace: if that throws, it is hidden by an own property, and `then` is called again. */
export function then<T>(promise: Promise<T>, done: (value: T) => void, failed: (reason: unknown) => void): void {
  try {
    thenOf(promise, done, failed);
  } catch {
    defineProperty(promise, 'constructor', { __proto__: null, value: undefined } as PropertyDescriptor);
    thenOf(promise, done, failed);
  }
}

/** An array without a prototype: no setter of user code sees what is written to it. */
export function list<T>(): T[] {
  const items: T[] = [];
  setPrototypeOf(items, null);
  return items;
}

/** Takes the prototype chain from a class of trusted code: its instances inherit nothing from Object.prototype, which user code may have changed (by a `then`, for instance), and do not lead to the class. */
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

/** Waits for a value as `await` does: directly if it is a plain promise, else through a promise of trusted code that is resolved with it. */
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
