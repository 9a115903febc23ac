// JsRun.ops: the ops of this context by their names. The object is frozen; a new op makes a new one. The functions are those of the instance that reads it.
import { perInstance } from '../kernel/instances.ts';
import { createTable, defineProperty, NativeTypeError, ownKeys } from '../kernel/intrinsics.ts';
import { hostFunction } from './references.ts';

const { assign, freeze } = Object;
/** The numbers of the host's functions, by the ops' names. A new op makes a new table. */
let numbers: Record<string, number> | undefined;
const made = perInstance((): { of: object | undefined; ops: object | undefined } => ({ of: undefined, ops: undefined }));

export function addOp(name: string, id: number): void {
  if (numbers === undefined) expose();
  numbers = assign(createTable<number>(), numbers, { __proto__: null, [name]: id }) as Record<string, number>;
}

function opsOfInstance(): object | undefined {
  const its = made();
  if (its.of === numbers) return its.ops;
  const all = createTable<unknown>() as Record<string, unknown>;
  const names = ownKeys(numbers!) as string[];
  for (let i = 0; i < names.length; i++) all[names[i]!] = hostFunction(numbers![names[i]!]!);
  its.of = numbers;
  return its.ops = freeze(all);
}

function expose(): void {
  const namespace = freeze(defineOps({ __proto__: null }));
  if (!defineProperty(globalThis, 'JsRun', { __proto__: null, value: namespace, writable: false, enumerable: false, configurable: false } as PropertyDescriptor)) {
    throw new NativeTypeError('The global JsRun, where ops are found, has been taken by a script');
  }
}

function defineOps(namespace: object): object {
  defineProperty(namespace, 'ops', { __proto__: null, get: opsOfInstance, enumerable: true } as PropertyDescriptor);
  return namespace;
}
