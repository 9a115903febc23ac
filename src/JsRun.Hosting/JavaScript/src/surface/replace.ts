// Puts a constructor in another's place: on the global object and as its prototype's `constructor`, so that no way leads to the original.
import { defineProperty, descriptorOf, NativeTypeError, ownKeys } from '../kernel/intrinsics.ts';
import { showAs } from './native-text.ts';

type Constructor = { prototype: object; name: string; length: number };

/** The same property with another value; nothing of it is inherited. */
const withValue = (of: PropertyDescriptor, value: unknown): PropertyDescriptor =>
  ({ __proto__: null, value, writable: of.writable, enumerable: of.enumerable, configurable: of.configurable }) as PropertyDescriptor;

const fixedValue = (value: unknown, configurable: boolean): PropertyDescriptor => ({ __proto__: null, value, writable: false, enumerable: false, configurable }) as PropertyDescriptor;

/** Defines a property, and throws if that fails: a context with a part of the surface missing must not run anything. */
export function put(target: object, key: PropertyKey, descriptor: PropertyDescriptor): void {
  if (!defineProperty(target, key, descriptor)) throw new NativeTypeError(`The property '${String(key)}' cannot be replaced`);
}

export function replaceConstructor(holder: object, original: Constructor, replacement: object): void {
  const { name, length, prototype } = original;
  put(replacement, 'name', fixedValue(name, true));
  put(replacement, 'length', fixedValue(length, true));
  put(replacement, 'prototype', fixedValue(prototype, false));
  const keys = ownKeys(original);
  for (let i = 0; i < keys.length; i++) {
    if (descriptorOf(replacement, keys[i]!) === undefined) put(replacement, keys[i]!, descriptorOf(original, keys[i]!)!);
  }
  put(prototype, 'constructor', withValue(descriptorOf(prototype, 'constructor')!, replacement));
  const global = descriptorOf(holder, name);
  if (global?.value === original) put(holder, name, withValue(global, replacement));
  showAs(replacement, original);
}

/** Replaces a built-in method by a method of an object literal, which is not a constructor, as a built-in method is not. */
export function replaceMethod(holder: object, key: PropertyKey, replacement: object): void {
  const descriptor = descriptorOf(holder, key)!;
  const original = descriptor.value as { name: string; length: number };
  put(replacement, 'name', fixedValue(original.name, true));
  put(replacement, 'length', fixedValue(original.length, true));
  put(holder, key, withValue(descriptor, replacement));
  showAs(replacement, original);
}
