// JsRun.ops: the ops of this context by their names. The object is frozen; a new op makes a new one.
import { defineProperty, NativeTypeError } from '../kernel/intrinsics.ts';
import { hostFunction } from './references.ts';

const { assign, freeze } = Object;
let ops: object | undefined;

export function addOp(name: string, id: number): void {
  if (ops === undefined) expose();
  ops = freeze(assign({ __proto__: null }, ops, { __proto__: null, [name]: hostFunction(id) }));
}

function expose(): void {
  const namespace = freeze(defineOps({ __proto__: null }));
  if (!defineProperty(globalThis, 'JsRun', { __proto__: null, value: namespace, writable: false, enumerable: false, configurable: false } as PropertyDescriptor)) {
    throw new NativeTypeError('The global JsRun, where ops are found, has been taken by a script');
  }
}

function defineOps(namespace: object): object {
  defineProperty(namespace, 'ops', { __proto__: null, get: () => ops, enumerable: true } as PropertyDescriptor);
  return namespace;
}
