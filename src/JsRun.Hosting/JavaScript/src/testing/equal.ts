// Equality by content, as toEqual and toStrictEqual compare.

/** A value that stands for many, such as `expect.any(String)`. */
export interface Matcher { [matches]: (actual: unknown) => boolean }

export const matches = Symbol('jsrun.test.matches');

const isMatcher = (value: unknown): value is Matcher => typeof value === 'object' && value !== null && matches in value;

/** Compares by content. `strict` also compares prototypes, holes of arrays, and properties that are undefined. */
export function equal(actual: unknown, expected: unknown, strict = false): boolean {
  return compare(actual, expected, strict, []);
}

/** Whether the expected properties are there, however deep; others may be too. */
export function contains(actual: unknown, expected: unknown): boolean {
  if (isMatcher(expected) || !isPlain(expected) || typeof actual !== 'object' || actual === null) return Array.isArray(expected) && Array.isArray(actual)
    ? actual.length === expected.length && expected.every((item, i) => contains(actual[i], item))
    : equal(actual, expected);
  return Reflect.ownKeys(expected).every((key) => key in actual && contains((actual as Record<PropertyKey, unknown>)[key], (expected as Record<PropertyKey, unknown>)[key]));
}

function compare(a: unknown, b: unknown, strict: boolean, pairs: readonly (readonly [object, object])[]): boolean {
  if (isMatcher(b)) return b[matches](a);
  if (Object.is(a, b)) return true;
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false;
  // What refers to itself is equal to what refers to itself in the same way.
  if (pairs.some(([x, y]) => x === a && y === b)) return true;
  const inside = [...pairs, [a, b] as const];
  const same = (x: unknown, y: unknown): boolean => compare(x, y, strict, inside);
  if (tagOf(a) !== tagOf(b) || (strict && Object.getPrototypeOf(a) !== Object.getPrototypeOf(b))) return false;
  if (a instanceof Date && b instanceof Date) return Object.is(a.getTime(), b.getTime());
  if (a instanceof RegExp && b instanceof RegExp) return String(a) === String(b);
  if (a instanceof Error && b instanceof Error) return a.name === b.name && a.message === b.message;
  if (Array.isArray(a) && Array.isArray(b)) return a.length === b.length && a.every((item, i) => same(item, b[i])) && (!strict || holes(a) === holes(b));
  if (a instanceof Map && b instanceof Map) return sameEntries([...a], [...b], same);
  if (a instanceof Set && b instanceof Set) return sameEntries([...a], [...b], same);
  if (ArrayBuffer.isView(a) && ArrayBuffer.isView(b)) return sameBytes(bytesOf(a), bytesOf(b));
  if (a instanceof ArrayBuffer && b instanceof ArrayBuffer) return sameBytes(new Uint8Array(a), new Uint8Array(b));
  const name = tagOf(a);
  if (name === '[object Headers]' || name === '[object URLSearchParams]' || name === '[object FormData]') return same([...(a as Iterable<unknown>)], [...(b as Iterable<unknown>)]);
  if (name === '[object URL]') return String(a) === String(b);
  const keys = keysOf(a, strict);
  return keys.length === keysOf(b, strict).length && keys.every((key) => Object.hasOwn(b, key) && same((a as Record<PropertyKey, unknown>)[key], (b as Record<PropertyKey, unknown>)[key]));
}

function sameEntries(a: readonly unknown[], b: readonly unknown[], same: (x: unknown, y: unknown) => boolean): boolean {
  if (a.length !== b.length) return false;
  const left = [...b];
  return a.every((entry) => {
    const i = left.findIndex((other) => same(entry, other));
    if (i >= 0) left.splice(i, 1);
    return i >= 0;
  });
}

const bytesOf = (view: ArrayBufferView): Uint8Array => new Uint8Array(view.buffer, view.byteOffset, view.byteLength);
const sameBytes = (a: Uint8Array, b: Uint8Array): boolean => a.length === b.length && a.every((byte, i) => byte === b[i]);
const tagOf = (value: object): string => Object.prototype.toString.call(value);
const holes = (array: readonly unknown[]): string => Array.from(array, (_, i) => i in array ? '.' : ' ').join('');
const isPlain = (value: unknown): value is object => typeof value === 'object' && value !== null && tagOf(value) === '[object Object]';
const keysOf = (value: object, strict: boolean): PropertyKey[] => Reflect.ownKeys(value)
  .filter((key) => Object.prototype.propertyIsEnumerable.call(value, key) && (strict || (value as Record<PropertyKey, unknown>)[key] !== undefined));
