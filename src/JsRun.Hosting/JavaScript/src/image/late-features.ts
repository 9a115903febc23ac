// Notices a top level that uses features that V8 adds only when a context is restored, and that are missing while an image is built: WebAssembly, and everything newer than V8's own snapshot. A
// top level that reads such a feature would behave differently from a live context. If it defines a property of that name, V8 ends the process. Both are reasons against the image.
import { defineProperty, descriptorOf, getPrototypeOf, ownKeys } from '../kernel/intrinsics.ts';
import { append, deleteProperty, list } from '../linker/intrinsics.ts';
import { unname } from '../surface/refused.ts';
import { fault } from './fault.ts';

interface Feature { holder: object; key: PropertyKey; name: string; get(): undefined }

type Names = Record<string, [holder: object, ...keys: PropertyKey[]]>;

const asyncIterator = getPrototypeOf(getPrototypeOf((async function* () { /* only its prototype is wanted */ }).prototype as object)!)!;
const iterator = getPrototypeOf(getPrototypeOf([][Symbol.iterator]())!)!;
const { dispose, asyncDispose } = Symbol as unknown as Record<string, symbol | undefined>;

/** What V8 14.7 adds, found by comparing a context under construction with a restored one. */
function names(): Names {
  const { Iterator } = globalThis as unknown as { Iterator?: object };
  return {
    '': [globalThis, 'WebAssembly', 'SharedArrayBuffer', 'Float16Array', 'SuppressedError', 'DisposableStack', 'AsyncDisposableStack'],
    'Promise.': [Promise, 'try'],
    'RegExp.': [RegExp, 'escape'],
    'Error.': [Error, 'isError'],
    'Math.': [Math, 'f16round', 'sumPrecise'],
    'Uint8Array.': [Uint8Array, 'fromBase64', 'fromHex'],
    'Uint8Array.prototype.': [Uint8Array.prototype, 'toBase64', 'setFromBase64', 'toHex', 'setFromHex'],
    'DataView.prototype.': [DataView.prototype, 'getFloat16', 'setFloat16'],
    'Map.prototype.': [Map.prototype, 'getOrInsert', 'getOrInsertComputed'],
    'WeakMap.prototype.': [WeakMap.prototype, 'getOrInsert', 'getOrInsertComputed'],
    ...(Iterator === undefined ? {} : { 'Iterator.': [Iterator, 'concat'] as [object, string] }),
    ...(dispose === undefined ? {} : { 'Iterator.prototype.': [iterator, dispose] as [object, symbol] }),
    ...(asyncDispose === undefined ? {} : { 'AsyncIterator.prototype.': [asyncIterator, asyncDispose] as [object, symbol] }),
  };
}

const features = list<Feature>();
const SHARED = 'SharedArrayBuffer';
let hasShared = false;

/** Defines accessors where V8 will define its features. */
export function trapLateFeatures(contained: boolean): void {
  hasShared = !contained;
  const all = names();
  const prefixes = ownKeys(all) as string[];
  for (let i = 0; i < prefixes.length; i++) {
    const [holder, ...keys] = all[prefixes[i]!]!;
    for (const key of keys) {
      // In the contained surface it is the one that throws, while an image is built and afterwards.
      if (!hasShared && key === SHARED || descriptorOf(holder, key) !== undefined) continue;
      trap(holder, key, prefixes[i]! + String(key));
    }
  }
}

function trap(holder: object, key: PropertyKey, name: string): void {
  const told = () => { fault(`uses ${name}, which an image has only when it is restored`); };
  const get = () => {
    told();
    return undefined;
  };
  const set = function (this: object, value: unknown) {
    told();
    defineProperty(this, key, { __proto__: null, value, writable: true, enumerable: true, configurable: true } as PropertyDescriptor);
  };
  append(features, { holder, key, name, get });
  defineProperty(holder, key, { __proto__: null, get, set, enumerable: false, configurable: true } as PropertyDescriptor);
}

/** Removes the accessors. */
export function releaseLateFeatures(): void {
  for (let i = 0; i < features.length; i++) {
    const { holder, key, name, get } = features[i]!;
    if (descriptorOf(holder, key)?.get !== get || !deleteProperty(holder, key)) fault(`puts something of its own at ${name}`);
  }
  // V8 adds its own property as well.
  if (!hasShared && !unname(SHARED)) fault(`puts something of its own at ${SHARED}`);
}
