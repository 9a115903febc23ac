// The module of test files: `jsrun test` runs each `*.test.ts`.

declare module 'jsrun:test' {
  type AnyFunction = (...args: any[]) => any;
  type Body = () => unknown;
  interface TestOptions {
    /** Milliseconds, 5000 unless `--test-timeout` says otherwise. */
    timeout?: number;
  }
  type Case<T> = T extends readonly unknown[] ? T : [T];
  interface Each<Options extends unknown[]> {
    <const T>(cases: readonly T[]): (name: string, body: (...args: Case<T> extends readonly any[] ? [...Case<T>] : never) => unknown, ...options: Options) => void;
  }

  interface TestFunction {
    /** Adds a test. */
    (name: string, body: Body, options?: TestOptions | number): void;
    skip(name: string, body?: Body, options?: TestOptions | number): void;
    /** Leaves out all tests of the file that are not marked so. */
    only(name: string, body: Body, options?: TestOptions | number): void;
    todo(name: string): void;
    /** Adds a test for each case; `%s` and `%j` in the name stand for its values, `$key` for a property. */
    each: Each<[options?: TestOptions | number]>;
  }
  export const test: TestFunction;
  export const it: TestFunction;

  interface DescribeFunction {
    /** Groups tests. */
    (name: string, body: Body): void;
    skip(name: string, body: Body): void;
    only(name: string, body: Body): void;
    each: Each<[]>;
  }
  export const describe: DescribeFunction;
  export function beforeAll(body: Body): void;
  export function afterAll(body: Body): void;
  export function beforeEach(body: Body): void;
  export function afterEach(body: Body): void;

  type Thrown = string | RegExp | Error | (new (...args: any[]) => Error);
  interface Matchers<R> {
    toBe(expected: unknown): R;
    toEqual(expected: unknown): R;
    toStrictEqual(expected: unknown): R;
    toMatchObject(expected: object): R;
    toBeDefined(): R;
    toBeUndefined(): R;
    toBeNull(): R;
    toBeNaN(): R;
    toBeTruthy(): R;
    toBeFalsy(): R;
    toBeGreaterThan(limit: number | bigint): R;
    toBeGreaterThanOrEqual(limit: number | bigint): R;
    toBeLessThan(limit: number | bigint): R;
    toBeLessThanOrEqual(limit: number | bigint): R;
    toBeCloseTo(expected: number, digits?: number): R;
    toBeInstanceOf(type: new (...args: any[]) => unknown): R;
    toBeTypeOf(type: string): R;
    toContain(part: unknown): R;
    toContainEqual(part: unknown): R;
    toHaveLength(length: number): R;
    toHaveProperty(path: string | readonly PropertyKey[], value?: unknown): R;
    toMatch(pattern: string | RegExp): R;
    toThrow(expected?: Thrown): R;
    toHaveBeenCalled(): R;
    toHaveBeenCalledTimes(count: number): R;
    toHaveBeenCalledWith(...args: unknown[]): R;
    toHaveBeenLastCalledWith(...args: unknown[]): R;
  }
  interface Expectation extends Matchers<void> {
    readonly not: Matchers<void>;
    readonly resolves: Matchers<Promise<void>> & { readonly not: Matchers<Promise<void>> };
    readonly rejects: Matchers<Promise<void>> & { readonly not: Matchers<Promise<void>> };
  }
  /** Begins an expectation. */
  export const expect: {
    (actual: unknown): Expectation;
    any(type: unknown): any;
    anything(): any;
    stringContaining(part: string): any;
    stringMatching(pattern: RegExp): any;
    objectContaining(part: object): any;
    arrayContaining(parts: readonly unknown[]): any;
  };
  export class AssertionError extends Error {}

  interface MockFunction<F extends AnyFunction> {
    (...args: Parameters<F>): ReturnType<F>;
    readonly mock: { readonly calls: Parameters<F>[]; readonly results: { readonly type: 'return' | 'throw'; readonly value: unknown }[] };
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
  /** Creates a function that remembers its calls, and answers with the implementation or `undefined`. */
  export function fn<F extends AnyFunction = AnyFunction>(implementation?: F): MockFunction<F>;
  /** Replaces a method until the end of the test: it remembers its calls and calls the original. */
  export function spyOn<T extends object, K extends keyof T>(object: T, name: K): T[K] extends AnyFunction ? MockFunction<T[K]> : never;

  interface FetchRule {
    respond(body?: BodyInit | null, init?: ResponseInit): FetchRule;
    respondJson(value: unknown, init?: ResponseInit): FetchRule;
    reply(answer: (request: Request) => Response | Promise<Response>): FetchRule;
    /** Fails as if the network were down. */
    fail(message?: string): FetchRule;
    /** Allows that nobody sends such a request. */
    optional(): FetchRule;
  }
  interface FakeFetch {
    readonly requests: readonly { readonly method: string; readonly url: string; readonly headers: Record<string, string>; readonly body: string }[];
    /** Adds a rule. Its answers are given in turn, and the last is repeated; a rule that was added later comes first. */
    when(method: string, url: string | RegExp): FetchRule;
    /** Throws if a request came that no rule answers, or a rule answered none; called at the end of the test. */
    verify(): void;
    restore(): void;
  }
  /** Replaces `fetch` until the end of the test. */
  export function fakeFetch(): FakeFetch;

  interface FakeTime {
    /** Milliseconds since 1970. */
    readonly now: number;
    /** Runs the timers that become due, in their order, and lets promises settle after each. */
    advance(milliseconds: number): Promise<void>;
    /** Runs timers until none is left. */
    runAll(): Promise<void>;
    restore(): void;
  }
  /** Replaces `Date`, `performance.now()` and timers until the end of the test: time stands still until it is advanced. */
  export function fakeTime(start?: number | string | Date): FakeTime;

  /** Creates the third argument of a function's `fetch`. */
  export function context<Params extends Record<string, string>>(values?: {
    params?: Params;
    requestId?: string;
    user?: import('./index.d.ts').User | null;
    clientAddress?: string | null;
  }): import('./index.d.ts').Context<Params> & {
    /** Waits for all that `waitUntil` was given. */
    settled(): Promise<void>;
  };
}
