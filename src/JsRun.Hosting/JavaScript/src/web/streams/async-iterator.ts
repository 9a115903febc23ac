// Streams: the asynchronous iterator of a ReadableStream.
import { apply, defineProperty, deleteProperty, getPrototypeOf, NativePromise, NativeTypeError, setPrototypeOf } from '../../kernel/intrinsics.ts';
import { react, rejectedWith } from './promises.ts';
import { DefaultReader, type Readable } from './readable.ts';

type Result = { done: boolean; value: unknown };

let iteratorOf: (value: unknown) => Iterator;

class Iterator {
  readonly #reader: DefaultReader;
  readonly #preventCancel: boolean;
  #ongoing: Promise<Result> | undefined = undefined;
  #finished = false;

  constructor(reader: DefaultReader, preventCancel: boolean) {
    this.#reader = reader;
    this.#preventCancel = preventCancel;
  }

  static {
    iteratorOf = (value) => {
      if (typeof value !== 'object' || value === null || !(#reader in value)) throw new NativeTypeError('The value is not an iterator of a ReadableStream');
      return value;
    };
  }

  next(): Promise<Result> { return this.#after(() => this.#step()); }

  return(value: unknown): Promise<Result> {
    return react(this.#after(() => this.#end(value)), () => ({ done: true, value }));
  }

  /** Each call waits for the one before it. */
  #after(step: () => Promise<Result>): Promise<Result> {
    return this.#ongoing = this.#ongoing === undefined ? step() : react(this.#ongoing, step as () => unknown, step as () => unknown) as Promise<Result>;
  }

  #step(): Promise<Result> {
    if (this.#finished) return NativePromiseResolve({ done: true, value: undefined });
    const reader = this.#reader;
    return react(new NativePromise<Result>((resolve, reject) => {
      reader.read({
        chunk: (value) => { resolve({ done: false, value }); },
        close: () => {
          this.#finished = true;
          reader.release();
          resolve({ done: true, value: undefined });
        },
        error: (reason) => {
          this.#finished = true;
          reader.release();
          reject(reason);
        },
      });
    }), (result) => {
      this.#ongoing = undefined;
      return result;
    }, (reason) => {
      this.#ongoing = undefined;
      throw reason;
    });
  }

  #end(value: unknown): Promise<Result> {
    const result = { done: true, value };
    if (this.#finished) return NativePromiseResolve(result);
    this.#finished = true;
    if (this.#preventCancel) {
      this.#reader.release();
      return NativePromiseResolve(result);
    }
    const cancelled = this.#reader.cancel(value);
    this.#reader.release();
    return react(cancelled, () => result);
  }
}

const NativePromiseResolve = (result: Result): Promise<Result> => new NativePromise((resolve) => { resolve(result); });

// Its methods are those of an asynchronous iterator of WebIDL: enumerable, on an object that inherits from %AsyncIteratorPrototype%.
const prototype = Iterator.prototype as object;
const methods = {
  next(this: unknown): Promise<Result> {
    try { return apply(next, iteratorOf(this), []) as Promise<Result>; } catch (error) { return rejectedWith(error); }
  },
  return(this: unknown, value: unknown): Promise<Result> {
    try { return apply(end, iteratorOf(this), [value]) as Promise<Result>; } catch (error) { return rejectedWith(error); }
  },
};
const { next, return: end } = Iterator.prototype;
setPrototypeOf(prototype, getPrototypeOf(getPrototypeOf((async function* () {}).prototype as object)!));
const define = (key: PropertyKey, value: unknown, enumerable: boolean): void => {
  defineProperty(prototype, key, { __proto__: null, value, writable: enumerable, enumerable, configurable: true } as PropertyDescriptor);
};
deleteProperty(prototype, 'constructor');
define('next', methods.next, true);
define('return', methods.return, true);
define(Symbol.toStringTag, 'ReadableStream AsyncIterator', false);

/** Locks the stream, and makes an iterator over its chunks. */
export function iterate(stream: Readable, preventCancel: boolean): object { return new Iterator(new DefaultReader(stream), preventCancel); }
