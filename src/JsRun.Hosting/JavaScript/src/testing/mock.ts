// Functions that remember how they were called.
import { shown } from './format.ts';

// oxlint-disable-next-line typescript/no-explicit-any -- what a function takes is the test's business
export type AnyFunction = (...args: any[]) => any;

export interface MockResult { readonly type: 'return' | 'throw'; readonly value: unknown }

export interface MockFunction<F extends AnyFunction = AnyFunction> {
  (...args: Parameters<F>): ReturnType<F>;
  readonly mock: { readonly calls: Parameters<F>[]; readonly results: MockResult[] };
  mockImplementation(implementation: F): this;
  mockImplementationOnce(implementation: F): this;
  mockReturnValue(value: ReturnType<F>): this;
  mockReturnValueOnce(value: ReturnType<F>): this;
  mockResolvedValue(value: Awaited<ReturnType<F>>): this;
  mockRejectedValue(reason: unknown): this;
  mockClear(): this;
  mockReset(): this;
  mockRestore(): void;
}

const mocks = new WeakSet<object>();
const restorations = new Set<() => void>();

export const isMock = (value: unknown): value is MockFunction => typeof value === 'function' && mocks.has(value);

/** Creates a function that remembers its calls, and answers with the implementation or `undefined`. */
export function fn<F extends AnyFunction = AnyFunction>(implementation?: F): MockFunction<F> {
  return create(implementation, () => {});
}

/** Replaces a method of an object by one that remembers its calls and calls the original; it is restored after the test. */
export function spyOn<T extends object, K extends keyof T>(object: T, name: K): T[K] extends AnyFunction ? MockFunction<T[K]> : never {
  const original = object[name];
  if (typeof original !== 'function') throw new TypeError(`spyOn: ${String(name)} is not a method.`);
  const property = Object.getOwnPropertyDescriptor(object, name);
  const restore = (): void => {
    restorations.delete(restore);
    if (property === undefined) delete object[name];
    else Object.defineProperty(object, name, property);
  };
  restorations.add(restore);
  const mock = create(function (this: unknown, ...args: unknown[]) { return Reflect.apply(original, this, args) as unknown; }, restore);
  Object.defineProperty(object, name, { value: mock, configurable: true, writable: true, enumerable: property?.enumerable ?? false });
  return mock as T[K] extends AnyFunction ? MockFunction<T[K]> : never;
}

export function restoreAll(): void {
  for (const restore of restorations) restore();
}

function create<F extends AnyFunction>(implementation: F | undefined, restore: () => void): MockFunction<F> {
  let standing = implementation;
  const once: F[] = [];
  const state: { calls: Parameters<F>[]; results: MockResult[] } = { calls: [], results: [] };
  function mock(this: unknown, ...args: Parameters<F>): ReturnType<F> {
    state.calls.push(args);
    const i = state.results.push({ type: 'return', value: undefined }) - 1;
    try {
      const value = (once.shift() ?? standing)?.apply(this, args) as ReturnType<F>;
      state.results[i] = { type: 'return', value };
      return value;
    } catch (error) {
      state.results[i] = { type: 'throw', value: error };
      throw error;
    }
  }
  mocks.add(mock);
  const self = Object.assign(mock, {
    [shown]: () => '[Function mock]',
    mockImplementation(next: F) { standing = next; return self; },
    mockImplementationOnce(next: F) { once.push(next); return self; },
    mockReturnValue: (value: ReturnType<F>) => self.mockImplementation((() => value) as F),
    mockReturnValueOnce: (value: ReturnType<F>) => self.mockImplementationOnce((() => value) as F),
    mockResolvedValue: (value: Awaited<ReturnType<F>>) => self.mockImplementation((() => Promise.resolve(value)) as F),
    mockRejectedValue: (reason: unknown) => self.mockImplementation((() => Promise.reject(reason)) as F),
    mockClear() { state.calls.length = 0; state.results.length = 0; return self; },
    mockReset() { standing = implementation; once.length = 0; return self.mockClear(); },
    mockRestore: restore,
  }) as unknown as MockFunction<F>;
  Object.defineProperty(mock, 'mock', { value: state });
  return self;
}
