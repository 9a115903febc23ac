// Which objects can be transferred, and which can be neither transferred nor cloned.
import { getPrototypeOf } from '../../kernel/intrinsics.ts';
import { isWasmMemory } from '../../kernel/wasm.ts';
import { DOMException } from '../webidl/dom-exception.ts';
import { interfaceOf } from '../webidl/interface.ts';

export interface Transferable { is(value: object): boolean; check(value: object): void; move(value: object): object }

export const transferables: Transferable[] = [];
const builtIn = new Set<object | null>([Promise.prototype, WeakMap.prototype, WeakSet.prototype, WeakRef.prototype]);

/** Whether the object is of an interface, most of which have state that cannot be copied. The caller has handled those that can be cloned before. */
export function isPlatformObject(value: object): boolean {
  for (let holder = getPrototypeOf(value); holder !== null; holder = getPrototypeOf(holder)) {
    if (builtIn.has(holder) || interfaceOf(holder) !== undefined || isWasmMemory(holder)) return true;
  }
  return false;
}

export function fail(what: string): never { throw new DOMException(`${what} could not be cloned`, 'DataCloneError'); }

// In the full surface, the method that counts memory: this chunk is evaluated after that has been defined.
const { transfer } = ArrayBuffer.prototype as { transfer?(this: ArrayBuffer): ArrayBuffer };

transferables.push({
  is: (value) => value instanceof ArrayBuffer,
  check(value) {
    if ((value as ArrayBuffer).detached) fail('A detached ArrayBuffer');
  },
  move(value) {
    this.check(value);
    try {
      return transfer!.call(value as ArrayBuffer);
    } catch {
      return fail('An ArrayBuffer that cannot be detached');
    }
  },
});
