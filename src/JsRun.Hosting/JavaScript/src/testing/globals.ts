// The globals of the runtime, as they were before any test: a test may replace them.

export interface Timers {
  setTimeout: (callback: (...args: unknown[]) => void, delay?: number, ...args: unknown[]) => number;
  clearTimeout: (id?: number) => void;
  setInterval: (callback: (...args: unknown[]) => void, delay?: number, ...args: unknown[]) => number;
  clearInterval: (id?: number) => void;
}

export interface RequestLike { readonly method: string; readonly url: string; readonly headers: Iterable<[string, string]>; clone(): RequestLike; text(): Promise<string> }

export interface WebGlobals extends Timers {
  Date: DateConstructor;
  performance: { now(): number };
  fetch: (input: unknown, init?: unknown) => Promise<unknown>;
  Request: new (input: unknown, init?: unknown) => RequestLike;
  Response: { new (body?: unknown, init?: unknown): object; json(value: unknown, init?: unknown): object };
}

export const web = globalThis as unknown as WebGlobals;

/** For the runner itself, whose limits of time go on while a test has a fake time. */
export const real: Timers & { now: () => number } = {
  setTimeout: web.setTimeout?.bind(globalThis),
  clearTimeout: web.clearTimeout?.bind(globalThis),
  setInterval: web.setInterval?.bind(globalThis),
  clearInterval: web.clearInterval?.bind(globalThis),
  now: web.performance.now.bind(web.performance),
};
