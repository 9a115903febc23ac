// The standard's operations on promises, with captured intrinsics.
import { apply, NativePromise, ours, then } from '../../kernel/intrinsics.ts';

const { resolve: promiseResolve } = NativePromise;
const ignore = (): void => {};

/** A promise that is fulfilled with undefined already. It is never given to user code. */
export const done: Promise<unknown> = ours(NativePromise.resolve(undefined));

export const resolvedWith = <T>(value: T): Promise<T> => new NativePromise<T>((resolve) => { resolve(value); });

/** A new promise that is fulfilled with undefined, for user code. */
export const resolved = (): Promise<undefined> => apply(promiseResolve, NativePromise, [undefined]) as Promise<undefined>;

export const rejectedWith = (reason: unknown): Promise<never> => new NativePromise<never>((_, reject) => { reject(reason); });

/** Prevents that a rejection of the promise is reported as unhandled. */
export function markHandled<T>(promise: Promise<T>): Promise<T> {
  then(promise, ignore, ignore);
  return promise;
}

/** The promise of a transformation: `fulfilled` and `rejected` return its value or throw its reason. */
export function react<T, R>(promise: Promise<T>, fulfilled: (value: T) => R, rejected?: (reason: unknown) => R): Promise<R> {
  return new NativePromise((resolve, reject) => {
    const run = <V>(f: (value: V) => R, value: V): void => {
      let result: R;
      try {
        result = f(value);
      } catch (error) {
        reject(error);
        return;
      }
      resolve(result);
    };
    then(promise, (value) => { run(fulfilled, value); }, rejected === undefined ? reject : (reason) => { run(rejected, reason); });
  });
}

export const microtask = (f: () => void): void => { then(done, f, ignore); };

/** Calls a callback of user code that returns a promise: its result as a promise, or a rejected one if it throws. */
export function call(callback: (...args: any[]) => unknown, self: unknown, args: readonly unknown[]): Promise<unknown> {
  try {
    const result = apply(callback, self, args);
    return result === undefined ? done : resolvedWith(result);
  } catch (error) {
    return rejectedWith(error);
  }
}

/** A promise with the functions that settle it. */
export class Deferred<T = unknown> {
  resolve!: (value: T) => void;
  reject!: (reason: unknown) => void;
  readonly promise: Promise<T> = new NativePromise<T>((resolve, reject) => {
    this.resolve = resolve as (value: T) => void;
    this.reject = reject;
  });
}

/** A promise of undefined that is made when it is first read, and whose rejection nobody has to handle: `closed` and `ready`. */
export class Signal {
  #state: 'pending' | 'fulfilled' | 'rejected' = 'pending';
  #reason: unknown = undefined;
  #deferred: Deferred<undefined> | undefined = undefined;
  #promise: Promise<undefined> | undefined = undefined;

  get isPending(): boolean { return this.#state === 'pending'; }

  get promise(): Promise<undefined> {
    if (this.#promise !== undefined) return this.#promise;
    if (this.#state === 'fulfilled') return this.#promise = resolved();
    if (this.#state === 'rejected') return this.#promise = markHandled(rejectedWith(this.#reason));
    this.#deferred = new Deferred<undefined>();
    return this.#promise = this.#deferred.promise;
  }

  resolve(): this {
    if (this.#state !== 'pending') return this;
    this.#state = 'fulfilled';
    this.#deferred?.resolve(undefined);
    return this;
  }

  reject(reason: unknown): this {
    if (this.#state !== 'pending') return this;
    this.#state = 'rejected';
    this.#reason = reason;
    if (this.#deferred !== undefined) {
      markHandled(this.#deferred.promise);
      this.#deferred.reject(reason);
    }
    return this;
  }

  /** This signal rejected, or a new one if it is settled already: a promise that user code has is not changed. */
  rejected(reason: unknown): Signal { return (this.#state === 'pending' ? this : new Signal()).reject(reason); }
}
