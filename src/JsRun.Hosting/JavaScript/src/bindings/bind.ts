// The entry Bind: the host sets a property of the global object. Any name is a property name, and never becomes code.
import { onEntry } from '../kernel/entries.ts';
import { defineProperty, getOwnPropertyDescriptor, NativeTypeError, ownKeys } from '../kernel/intrinsics.ts';
import { EntryOp } from '../kernel/ops.ts';
import { answer, answerThrown } from '../values/answer.ts';
import { decode } from '../values/decode.ts';
import type { Payload } from '../values/wire.ts';
import { addOp } from './ops.ts';

/** In C#: JsBindMode. */
const enum BindMode { Replace = 0, Merge = 1 }

const { isExtensible } = Reflect;

export function registerBindings(): void {
  onEntry(EntryOp.Bind, (call: number, name: string, mode: BindMode, payload: Payload) => { report(call, () => bind(name, mode, payload)); });
  onEntry(EntryOp.RegisterOp, (call: number, name: string, id: number) => { report(call, () => addOp(name, id)); });
}

function report(call: number, action: () => unknown): void {
  let result: unknown;
  try {
    result = action();
  } catch (error) {
    return answerThrown(call, error);
  }
  answer(call, result);
}

/** Returns whether the value was merged into an object that was there. */
function bind(name: string, mode: BindMode, payload: Payload): boolean {
  const value = decode(payload);
  if (mode === BindMode.Merge && isObject(value)) {
    const old = getOwnPropertyDescriptor(globalThis, name);
    if (old !== undefined && 'value' in old && isObject(old.value) && isExtensible(old.value)) {
      merge(old.value, value);
      return true;
    }
  }
  put(globalThis, name, value);
  return false;
}

function merge(target: object, source: object): void {
  const keys = ownKeys(source);
  for (let i = 0; i < keys.length; i++) {
    const descriptor = getOwnPropertyDescriptor(source, keys[i]!)!;
    if (!defineProperty(target, keys[i]!, { __proto__: null, ...descriptor } as PropertyDescriptor)) throw new NativeTypeError(`The property '${keys[i] as string}' of the object cannot be redefined`);
  }
}

function put(target: object, key: string, value: unknown): void {
  if (!defineProperty(target, key, { __proto__: null, value, writable: true, enumerable: true, configurable: true } as PropertyDescriptor)) {
    throw new NativeTypeError(`The global '${key}' cannot be redefined`);
  }
}

function isObject(value: unknown): value is object { return typeof value === 'object' && value !== null; }
