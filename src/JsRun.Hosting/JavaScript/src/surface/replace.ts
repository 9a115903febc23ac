// Puts a constructor in another's place: on the global object and as its prototype's `constructor`, so that no way leads to the original.
type Constructor = { prototype: object; name: string; length: number };

export function replaceConstructor(holder: object, original: Constructor, replacement: object): void {
  const { name, length, prototype } = original;
  Object.defineProperty(replacement, 'name', { value: name, configurable: true });
  Object.defineProperty(replacement, 'length', { value: length, configurable: true });
  Object.defineProperty(replacement, 'prototype', { value: prototype, writable: false, enumerable: false, configurable: false });
  for (const key of Reflect.ownKeys(original)) {
    if (!Object.hasOwn(replacement, key)) Object.defineProperty(replacement, key, Reflect.getOwnPropertyDescriptor(original, key)!);
  }
  Object.defineProperty(prototype, 'constructor', { ...Reflect.getOwnPropertyDescriptor(prototype, 'constructor'), value: replacement });
  if (Reflect.getOwnPropertyDescriptor(holder, name)?.value === original) {
    Object.defineProperty(holder, name, { ...Reflect.getOwnPropertyDescriptor(holder, name), value: replacement });
  }
}
