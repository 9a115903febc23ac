// The override mistake: an assignment to a property that is inherited from a frozen object throws, although it would only define a property of the object that is assigned to. A mended property
// is an accessor whose setter does that, so that `Sub.prototype.toString = …` and `response.json = …` work as with builtins that are not frozen.
import { isObject } from './reach.ts';

const { defineProperty, getOwnPropertyDescriptor, getPrototypeOf, ownKeys } = Reflect;

/** What V8's protectors watch: an accessor there makes the whole isolate several times slower. Symbols are never mended, for the same reason. */
const watched = (holder: object, key: string): boolean =>
  key === 'constructor' || key === 'next' || key === 'then' && holder === Promise.prototype || key === 'resolve' && holder === Promise || key === 'exec' && holder === RegExp.prototype;

/** Properties that programs override and the rule above leaves out: no protector watches them on these objects. */
const others: readonly (readonly [object, readonly string[]])[] = [
  [Object.prototype, ['constructor']],
  ...[Error, TypeError, RangeError, SyntaxError, ReferenceError, EvalError, URIError, AggregateError].map(({ prototype }) => [prototype, ['name', 'message', 'constructor']] as const),
];

function mend(holder: object, key: PropertyKey): void {
  const descriptor = getOwnPropertyDescriptor(holder, key);
  if (descriptor === undefined || !('value' in descriptor) || !descriptor.configurable || !descriptor.writable) return;
  const { value, enumerable } = descriptor;
  const accessors = {
    get: () => value as unknown,
    set(this: unknown, given: unknown): void {
      const done = isObject(this) && this !== holder && defineProperty(this, key, { __proto__: null, value: given, writable: true, enumerable: true, configurable: true } as PropertyDescriptor);
      if (!done) throw new TypeError(`Cannot assign to read only property '${String(key)}' of object`);
    },
  };
  defineProperty(holder, key, { __proto__: null, get: accessors.get, set: accessors.set, enumerable: enumerable!, configurable: true } as PropertyDescriptor);
}

/** Mends the methods of the constructors' prototypes, of what these inherit from, and the constructors' static methods. */
export function mendAll(values: Iterable<unknown>): void {
  const holders = new Set<object>();
  for (const type of values) {
    if (typeof type !== 'function') continue;
    for (let holder: object | null = type; holder !== null; holder = getPrototypeOf(holder)) holders.add(holder);
    const { prototype } = type as { prototype?: unknown };
    if (typeof prototype === 'object') for (let holder: object | null = prototype; holder !== null; holder = getPrototypeOf(holder)) holders.add(holder);
  }
  for (const holder of holders) {
    for (const key of ownKeys(holder)) if (typeof key === 'string' && !watched(holder, key) && typeof getOwnPropertyDescriptor(holder, key)!.value === 'function') mend(holder, key);
  }
  for (const [holder, keys] of others) for (const key of keys) mend(holder, key);
}
