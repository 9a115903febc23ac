// The intrinsics that the linker uses, captured before any user code runs: later, user code may have changed every prototype. So the linker calls no methods of arrays, maps or promises, does
// not iterate, and reads only own properties of objects that have a prototype.
export const { apply, defineProperty, deleteProperty, getOwnPropertyDescriptor, ownKeys, preventExtensions } = Reflect;
export const { create, freeze, hasOwn, is, setPrototypeOf } = Object;
export const parseJson = JSON.parse;
export const TypeErrorOf = TypeError;
export const SyntaxErrorOf = SyntaxError;
export const ReferenceErrorOf = ReferenceError;
export const ErrorOf = Error;
export const ProxyOf = Proxy;
export const { toStringTag } = Symbol;
const PromiseOf = Promise;

const { then: promiseThen } = Promise.prototype;
const { sort: arraySort } = Array.prototype;

/** An array that has no prototype: indexed writes meet no setters. */
export function list<T>(): T[] { return setPrototypeOf([], null) as T[]; }

export function append<T>(target: T[], item: T): void { target[target.length] = item; }

export function includes<T>(target: T[], item: T): boolean {
  for (let i = 0; i < target.length; i++) if (target[i] === item) return true;
  return false;
}

export function sort<T>(target: T[], compare?: (a: T, b: T) => number): void { apply(arraySort, target, [compare]); }

export function table<T>(): Record<string, T> { return create(null) as Record<string, T>; }

/** A property of parsed JSON, which inherits from prototypes that user code can write to. */
export function own<T extends object, K extends keyof T>(target: T, key: K): T[K] | undefined {
  return hasOwn(target, key) ? target[key] : undefined;
}

export interface Capability { promise: Promise<unknown>; resolve(value: unknown): void; reject(error: unknown): void }

export function newCapability(): Capability {
  const capability = create(null) as Capability;
  capability.promise = new PromiseOf((resolve, reject) => {
    capability.resolve = resolve;
    capability.reject = reject;
  });
  return capability;
}

/** `then` of a promise that only the linker holds. */
export function then(promise: Promise<unknown>, fulfilled: (value: unknown) => void, rejected?: (error: unknown) => void): void {
  // Without this, `then` would read the promise's constructor, which user code can replace.
  defineProperty(promise, 'constructor', { __proto__: null, value: undefined } as PropertyDescriptor);
  apply(promiseThen, promise, [fulfilled, rejected]);
}


/** Runs a step in a microtask of its own. */
export function later(step: () => void): void {
  const { promise, resolve } = newCapability();
  resolve(undefined);
  then(promise, step);
}
