// What an interface object of WebIDL has beyond a class. Most interfaces are lazy (lazy.mjs), and are made after user code has run, so this module uses captured intrinsics only.
import { defineProperty, ownKeys } from '../../kernel/intrinsics.ts';

type Interface = { prototype: object; name?: string };

/** The interfaces that have been made, by name. */
const interfaces = { __proto__: null } as unknown as Record<string, Interface | undefined>;
const { toStringTag } = Symbol;

/** Whether the interface has been made, without which it has no objects. Reading the global would make it. */
export const isMade = (name: string): boolean => interfaces[name] !== undefined;

/** The name of the interface that has this prototype. */
export function interfaceOf(prototype: object): string | undefined {
  const names = ownKeys(interfaces) as string[];
  for (let i = 0; i < names.length; i++) if (interfaces[names[i]!]!.prototype === prototype) return names[i];
  return undefined;
}

export function register(target: Interface, name: string): void {
  interfaces[name] = target;
  // Bundling may have changed it.
  define(target, 'name', { value: name, configurable: true });
}

function define(target: object, key: PropertyKey, attributes: PropertyDescriptor): void {
  defineProperty(target, key, { __proto__: null, ...attributes } as PropertyDescriptor);
}

/** Makes a class a WebIDL interface: sets its name (bundling may have changed it), enumerable members, a string tag and constants. */
export function defineInterface(target: Interface, name: string, constants?: Record<string, number>): void {
  const { prototype } = target;
  register(target, name);
  enumerate(prototype, false);
  enumerate(target, true);
  define(prototype, toStringTag, { value: name, configurable: true });
  if (constants === undefined) return;
  const names = ownKeys(constants) as string[];
  for (let i = 0; i < names.length; i++) {
    const property = { value: constants[names[i]!], enumerable: true };
    define(target, names[i]!, property);
    define(prototype, names[i]!, property);
  }
}

/** The own keys, except those that every class has. */
function enumerate(target: object, isClass: boolean): void {
  const keys = ownKeys(target);
  for (let i = 0; i < keys.length; i++) {
    const key = keys[i]!;
    if (typeof key === 'string' && key !== 'constructor' && !(isClass && (key === 'length' || key === 'name' || key === 'prototype'))) define(target, key, { enumerable: true });
  }
}

export function requireArguments(given: number, needed: number, what: string): void {
  if (given < needed) throw new TypeError(`${what}: ${needed} argument${needed === 1 ? '' : 's'} required, but only ${given} present`);
}

const nothing = Object.freeze({ __proto__: null }) as Record<string, unknown>;

/** A dictionary argument. undefined and null become an object without a prototype, because user code may have changed Object.prototype; everything else must be an object. */
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
