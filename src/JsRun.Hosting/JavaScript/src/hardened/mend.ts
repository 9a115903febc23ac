// The override mistake: an assignment to a property that is inherited from a frozen object throws, although it would only define a property of the object that is assigned to. A mended property
// is an accessor whose setter does that, so that `Sub.prototype.toString = …` and `response.json = …` work as with builtins that are not frozen.
const { defineProperty, getOwnPropertyDescriptor, ownKeys } = Reflect;

/**
 * Builtins of the language that programs override. Never what one of V8's protectors watches (`constructor`, `Symbol.iterator`, `then`, `next`, `exec`, `resolve` and species of Array, typed
 * arrays, Promise, RegExp, Map and Set): an accessor there makes the whole isolate several times slower.
 */
const language: readonly (readonly [() => object, string])[] = [
  [() => Object.prototype, 'toString valueOf toLocaleString constructor hasOwnProperty isPrototypeOf propertyIsEnumerable'],
  [() => Function.prototype, 'toString bind call apply'],
  ...[Error, TypeError, RangeError, SyntaxError, ReferenceError, EvalError, URIError, AggregateError].map((type) => [() => type.prototype, 'name message constructor toString'] as const),
  [() => String.prototype, 'toString valueOf'],
  [() => Number.prototype, 'toString valueOf'],
  [() => Boolean.prototype, 'toString valueOf'],
  [() => Date.prototype, 'toString valueOf toJSON'],
  [() => Array.prototype, 'toString toLocaleString push pop shift unshift splice sort reverse concat join slice indexOf lastIndexOf forEach map filter some every reduce reduceRight find findIndex includes fill'],
  [() => Object.getPrototypeOf(Uint8Array.prototype) as object, 'toString toLocaleString includes indexOf lastIndexOf slice subarray fill set'],
  [() => Map.prototype, 'get set has delete clear forEach'],
  [() => Set.prototype, 'add has delete clear forEach'],
  [() => Promise.prototype, 'catch finally'],
  [() => Promise, 'all allSettled any race reject withResolvers try'],
  [() => Error, 'captureStackTrace'],
  [() => Object, 'assign create keys values entries freeze'],
  [() => Array, 'from of isArray'],
];

/** Mends a property. Returns whether there was something to mend. */
function mend(holder: object, key: PropertyKey): boolean {
  const descriptor = getOwnPropertyDescriptor(holder, key);
  if (descriptor === undefined || !('value' in descriptor) || !descriptor.configurable || !descriptor.writable) return false;
  const { value, enumerable } = descriptor;
  const accessors = {
    get: () => value as unknown,
    set(this: unknown, given: unknown): void {
      const isReceiver = typeof this === 'object' && this !== null || typeof this === 'function';
      const done = isReceiver && this !== holder && defineProperty(this, key, { __proto__: null, value: given, writable: true, enumerable: true, configurable: true } as PropertyDescriptor);
      if (!done) throw new TypeError(`Cannot assign to read only property '${String(key)}' of object`);
    },
  };
  return defineProperty(holder, key, { __proto__: null, get: accessors.get, set: accessors.set, enumerable: enumerable!, configurable: true } as PropertyDescriptor);
}

export function mendLanguage(): void {
  for (const [holder, keys] of language) for (const key of keys.split(' ')) mend(holder(), key);
}

/** Mends all methods of the web classes, on their prototypes, and their own static methods. */
export function mendWeb(interfaces: Iterable<unknown>): void {
  for (const type of interfaces) {
    if (typeof type !== 'function') continue;
    const prototype = (type as { prototype?: unknown }).prototype;
    for (const holder of typeof prototype === 'object' && prototype !== null ? [type, prototype] : [type]) {
      for (const key of ownKeys(holder)) if (typeof key === 'string' && typeof getOwnPropertyDescriptor(holder, key)!.value === 'function' && key !== 'prototype') mend(holder, key);
    }
  }
}
