// Checks the built-ins that V8 and ClearScript use by name when they restore a context, which is after the user's top level has run. If a top level has changed one of them there is no image:
// the restore would fail, or user code would run during the restore.
import { descriptorOf, getPrototypeOf, ownKeys } from '../kernel/intrinsics.ts';
import { append, hasOwn, list } from '../linker/intrinsics.ts';
import { RESERVED } from '../linker/names.ts';
import { fault } from './fault.ts';

interface Place { holder: object; key: PropertyKey; value: unknown }

const { isExtensible } = Object;
const globals = ['Object', 'Promise', 'JSON', 'Symbol', 'String', 'Error', 'Array', 'Math', 'RegExp', 'Uint8Array', 'DataView', 'Map', 'WeakMap', 'Iterator', 'Atomics'];
const methods: [object, string[]][] = [[Object, ['defineProperty', 'freeze']], [Function.prototype, ['bind', 'call', 'apply']], [JSON, ['parse']], [Array, ['from']]];

const places = list<Place>();
const chain = list<{ holder: object; keys: PropertyKey[] }>();

export function remember(): void {
  for (const key of globals) append(places, { holder: globalThis, key, value: descriptorOf(globalThis, key)?.value });
  for (const [holder, keys] of methods) for (const key of keys) append(places, { holder, key, value: descriptorOf(holder, key)?.value });
  for (let holder = getPrototypeOf(globalThis); holder !== null; holder = getPrototypeOf(holder)) append(chain, { holder, keys: ownKeys(holder) });
}

export function compare(): void {
  for (let i = 0; i < places.length; i++) {
    const { holder, key, value } = places[i]!;
    if (descriptorOf(holder, key)?.value !== value) fault(`changes the built-in '${String(key)}'`);
    if (typeof value === 'object' && value !== null || typeof value === 'function') if (!isExtensible(value)) fault(`locks the built-in '${String(key)}'`);
  }
  let holder = getPrototypeOf(globalThis);
  for (let i = 0; i < chain.length; i++) {
    if (holder !== chain[i]!.holder || !same(ownKeys(holder), chain[i]!.keys)) {
      fault('changes Object.prototype, or what the global object inherits from');
      break;
    }
    holder = getPrototypeOf(holder);
  }
  if (!isExtensible(globalThis)) fault('locks the global object');
  for (let i = 0; i < RESERVED.length; i++) if (hasOwn(globalThis, RESERVED[i]!)) fault(`defines the global '${RESERVED[i]!}'`);
}

function same(a: PropertyKey[], b: PropertyKey[]): boolean {
  if (a.length !== b.length) return false;
  for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) return false;
  return true;
}
