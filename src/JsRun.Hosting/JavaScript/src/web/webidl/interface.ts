// What WebIDL asks of every interface object beyond what a class gives.
type Interface = { prototype: object; name?: string };

/**
 * Gives a class the looks of a WebIDL interface: its name (bundling may have changed it), enumerable members, a string tag and constants.
 */
export function defineInterface(target: Interface, name: string, constants?: Record<string, number>): void {
  Object.defineProperty(target, 'name', { value: name, configurable: true });
  enumerable(target.prototype, Object.getOwnPropertyNames(target.prototype));
  enumerable(target, Object.getOwnPropertyNames(target).filter((key) => typeof (target as Record<string, unknown>)[key] === 'function'));
  Object.defineProperty(target.prototype, Symbol.toStringTag, { value: name, configurable: true });
  for (const [key, value] of Object.entries(constants ?? {})) {
    Object.defineProperty(target, key, { value, enumerable: true });
    Object.defineProperty(target.prototype, key, { value, enumerable: true });
  }
}

function enumerable(target: object, keys: string[]): void {
  for (const key of keys) if (key !== 'constructor' && key !== 'prototype') Object.defineProperty(target, key, { enumerable: true });
}

export function requireArguments(given: number, needed: number, what: string): void {
  if (given < needed) throw new TypeError(`${what}: ${needed} argument${needed === 1 ? '' : 's'} required, but only ${given} present`);
}

/** A dictionary argument: undefined and null are empty, everything else must be an object. */
export function dictionary(value: unknown, what: string): Record<string, unknown> {
  if (value === undefined || value === null) return {};
  if (typeof value !== 'object' && typeof value !== 'function') throw new TypeError(`${what} is not an object`);
  return value as Record<string, unknown>;
}

/** A sequence argument: any iterable object. */
export function sequence(value: unknown, what: string): unknown[] {
  if (value === null || (typeof value !== 'object' && typeof value !== 'function') || typeof (value as Iterable<unknown>)[Symbol.iterator] !== 'function') {
    throw new TypeError(`${what} is not a sequence`);
  }
  return [...(value as Iterable<unknown>)];
}

export function illegalConstructor(): never { throw new TypeError('Illegal constructor'); }
