// The intrinsics that the kernel, the bridge and the checks use, captured before any user code runs: what user code does to the originals changes nothing here.
const { call } = Function.prototype;

export const { apply, construct, defineProperty, getOwnPropertyDescriptor, getPrototypeOf, setPrototypeOf, ownKeys } = Reflect;
export const { parse: parseJson, stringify: toJson } = JSON;
export const { isView } = ArrayBuffer;
export const NativePromise = Promise;
export const NativeUint8Array = Uint8Array;
export const NativeTypeError = TypeError;
export const NativeRangeError = RangeError;
export const toNumber = Number;

/** `f` as a function whose first parameter is what was `this`. */
export const uncurry = (f: (...args: any[]) => any): ((self: any, ...args: any[]) => any) => call.bind(f) as never;

const getter = (prototype: object, key: PropertyKey) => uncurry(getOwnPropertyDescriptor(prototype, key)!.get!);
const typedArray = getPrototypeOf(Uint8Array.prototype)!;

export const then: <T>(promise: Promise<T>, done: (value: T) => void, failed: (reason: unknown) => void) => Promise<void> = uncurry(Promise.prototype.then);
export const split: (text: string, by: string) => string[] = uncurry(String.prototype.split);
export const slice: (text: string, from: number, to?: number) => string = uncurry(String.prototype.slice);
export const indexOf: (text: string, what: string, from?: number) => number = uncurry(String.prototype.indexOf);
export const charCodeAt: (text: string, at: number) => number = uncurry(String.prototype.charCodeAt);
export const toLowerCase: (text: string) => string = uncurry(String.prototype.toLowerCase);
export const test: (expression: RegExp, text: string) => boolean = ((exec) => (expression: RegExp, text: string) => exec(expression, text) !== null)(uncurry(RegExp.prototype.exec));
export const setBytes: (to: Uint8Array, from: Uint8Array, offset: number) => void = uncurry((typedArray as Uint8Array).set);
export const subarray: (bytes: Uint8Array, from: number, to: number) => Uint8Array = uncurry((typedArray as Uint8Array).subarray);
export const typedArrayName: (value: unknown) => string | undefined = getter(typedArray, Symbol.toStringTag);
export const bufferOf: (view: ArrayBufferView) => ArrayBufferLike = getter(typedArray, 'buffer');
export const byteLengthOf: (view: ArrayBufferView) => number = getter(typedArray, 'byteLength');
export const byteOffsetOf: (view: ArrayBufferView) => number = getter(typedArray, 'byteOffset');

/** A table by number that no user code can reach or poison. */
export type Table<T> = Record<number, T | undefined>;
export const createTable = <T>(): Table<T> => ({ __proto__: null }) as never;

const { prototype } = NativePromise;

/** Waits for a value as `await` does. A plain promise is asked directly; whatever else may have a `then` gets a promise of ours around it. */
export function settle(value: unknown, done: (value: unknown) => void, failed: (reason: unknown) => void): void {
  if (typeof value === 'object' && value !== null) {
    try {
      if (getPrototypeOf(value) === prototype) {
        then(value as Promise<unknown>, done, failed);
        return;
      }
    } catch { /* it only inherits from Promise.prototype, or is a Proxy that does not say */ }
  }
  then(new NativePromise<unknown>((resolve) => { resolve(value); }), done, failed);
}
