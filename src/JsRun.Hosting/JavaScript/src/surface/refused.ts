// Names that the contained surface has although what they stand for is not there. Packages read them while they load (`SharedArrayBuffer.prototype`, a table of intrinsics), and only a use must fail.
import { defineProperty, descriptorOf, NativeTypeError } from '../kernel/intrinsics.ts';
import { put } from './replace.ts';

const { deleteProperty } = Reflect;
const NATIVE: readonly ('SharedArrayBuffer' | 'Atomics')[] = ['SharedArrayBuffer', 'Atomics'];

const reason = 'shared memory is not available in the surface Contained';

/** A method of an object literal, which is not a constructor, as a built-in method is not. */
function refuse(holder: object, key: string, length: number, shown: string, kind: 'value' | 'get' = 'value'): void {
  const { method } = { method() { throw new NativeTypeError(`${shown}: ${reason}`); } };
  defineProperty(method, 'name', { __proto__: null, value: kind === 'get' ? `get ${key}` : key, configurable: true } as PropertyDescriptor);
  defineProperty(method, 'length', { __proto__: null, value: length, configurable: true } as PropertyDescriptor);
  defineProperty(holder, key, { __proto__: null, [kind]: method, ...(kind === 'value' && { writable: true }), configurable: true } as PropertyDescriptor);
}

function makeSharedArrayBuffer(): object {
  const type = function SharedArrayBuffer() { throw new NativeTypeError(`SharedArrayBuffer: ${reason}`); };
  defineProperty(type, 'length', { __proto__: null, value: 1, configurable: true } as PropertyDescriptor);
  defineProperty(type, 'name', { __proto__: null, value: 'SharedArrayBuffer', configurable: true } as PropertyDescriptor);
  defineProperty(type, 'prototype', { __proto__: null, writable: false } as PropertyDescriptor);
  defineProperty(type, Symbol.species, { __proto__: null, get(this: unknown) { return this; }, configurable: true } as PropertyDescriptor);
  for (const key of ['byteLength', 'growable', 'maxByteLength']) refuse(type.prototype as object, key, 0, `SharedArrayBuffer.prototype.${key}`, 'get');
  refuse(type.prototype as object, 'grow', 1, 'SharedArrayBuffer.prototype.grow');
  refuse(type.prototype as object, 'slice', 2, 'SharedArrayBuffer.prototype.slice');
  defineProperty(type.prototype as object, Symbol.toStringTag, { __proto__: null, value: 'SharedArrayBuffer', configurable: true } as PropertyDescriptor);
  return type;
}

function makeAtomics(): object {
  const namespace = {};
  const methods = { add: 3, and: 3, compareExchange: 4, exchange: 3, isLockFree: 1, load: 2, notify: 3, or: 3, pause: 0, store: 3, sub: 3, wait: 4, waitAsync: 4, xor: 3 };
  for (const [key, length] of Object.entries(methods)) refuse(namespace, key, length, `Atomics.${key}`);
  defineProperty(namespace, Symbol.toStringTag, { __proto__: null, value: 'Atomics', configurable: true } as PropertyDescriptor);
  return namespace;
}

const made: Readonly<Record<string, object>> = { __proto__: null as never, SharedArrayBuffer: makeSharedArrayBuffer(), Atomics: makeAtomics() };

/** Removes V8's own. */
export function removeShared(): void {
  for (let i = 0; i < NATIVE.length; i++) if (!deleteProperty(globalThis, NATIVE[i]!)) throw new NativeTypeError(`The global '${NATIVE[i]!}' cannot be removed`);
}

/** Defines the names. Nothing of JsRun's own must look for shared memory after this. */
export function nameShared(): void {
  for (let i = 0; i < NATIVE.length; i++) put(globalThis, NATIVE[i]!, { __proto__: null, value: made[NATIVE[i]!], writable: true, enumerable: false, configurable: true } as PropertyDescriptor);
}

/** Removes a name that no script has changed, as V8 needs its place when it restores a context. Returns whether it was unchanged. */
export function unname(name: 'SharedArrayBuffer' | 'Atomics'): boolean {
  const descriptor = descriptorOf(globalThis, name);
  return descriptor?.value === made[name] && deleteProperty(globalThis, name);
}
