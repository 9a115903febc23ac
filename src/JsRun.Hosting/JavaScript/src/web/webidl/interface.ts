// What WebIDL asks of every interface object beyond what a class gives.
type Interface = { prototype: object; name?: string };

const ENUMERABLE = { enumerable: true };
const { defineProperty } = Object;
/** What every class has of its own. */
const own = new Set(['length', 'name', 'prototype']);

/** Gives a class the looks of a WebIDL interface: its name (bundling may have changed it), enumerable members, a string tag and constants. */
export function defineInterface(target: Interface, name: string, constants?: Record<string, number>): void {
  const { prototype } = target;
  defineProperty(target, 'name', { value: name, configurable: true });
  for (const key of Object.getOwnPropertyNames(prototype)) if (key !== 'constructor') defineProperty(prototype, key, ENUMERABLE);
  for (const key of Object.getOwnPropertyNames(target)) if (!own.has(key)) defineProperty(target, key, ENUMERABLE);
  defineProperty(prototype, Symbol.toStringTag, { value: name, configurable: true });
  if (constants === undefined) return;
  for (const key of Object.keys(constants)) {
    const property = { value: constants[key], enumerable: true };
    defineProperty(target, key, property);
    defineProperty(prototype, key, property);
  }
}

export function requireArguments(given: number, needed: number, what: string): void {
  if (given < needed) throw new TypeError(`${what}: ${needed} argument${needed === 1 ? '' : 's'} required, but only ${given} present`);
}

const nothing = Object.freeze({ __proto__: null }) as Record<string, unknown>;

/** A dictionary argument: undefined and null are empty, whatever Object.prototype has become; everything else must be an object. */
export function dictionary(value: unknown, what: string): Record<string, unknown> {
  if (value === undefined || value === null) return nothing;
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
