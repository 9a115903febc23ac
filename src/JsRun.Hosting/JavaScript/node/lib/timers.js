// Timers as objects.
import { requireFunction } from './errors.js';

const start = globalThis.setTimeout;
const startInterval = globalThis.setInterval;
const stop = globalThis.clearTimeout;
const timers = new Map();

export class Timeout {
  #id;
  #referenced = true;
  #callback;
  #delay;
  #repeats;

  constructor(callback, delay, args, repeats) {
    requireFunction(callback, 'callback');
    this.#callback = args.length === 0 ? () => callback.call(this) : () => callback.apply(this, args);
    this.#delay = delay;
    this.#repeats = repeats;
    this.#begin();
  }

  #begin() {
    const run = this.#repeats ? startInterval : start;
    this.#id = run(() => {
      if (!this.#repeats) timers.delete(this.#id);
      this.#callback();
    }, this.#delay);
    timers.set(this.#id, this);
  }

  ref() {
    this.#referenced = true;
    return this;
  }

  /** A timer keeps no process alive, and a request only as long as it waits for one. */
  unref() {
    this.#referenced = false;
    return this;
  }

  hasRef() { return this.#referenced; }

  refresh() {
    stop(this.#id);
    timers.delete(this.#id);
    this.#begin();
    return this;
  }

  close() {
    stop(this.#id);
    timers.delete(this.#id);
    return this;
  }

  [Symbol.toPrimitive]() { return this.#id; }
  [Symbol.dispose ?? Symbol.for('nodejs.dispose')]() { this.close(); }
}

export class Immediate {
  #id;
  #referenced = true;

  constructor(callback, args) {
    requireFunction(callback, 'callback');
    this.#id = start(() => { callback(...args); }, 0);
  }

  ref() {
    this.#referenced = true;
    return this;
  }

  unref() {
    this.#referenced = false;
    return this;
  }

  hasRef() { return this.#referenced; }
  _stop() { stop(this.#id); }
  [Symbol.dispose ?? Symbol.for('nodejs.dispose')]() { this._stop(); }
}

export const setTimeout = (callback, delay, ...args) => new Timeout(callback, delay, args, false);
export const setInterval = (callback, delay, ...args) => new Timeout(callback, delay, args, true);
export const setImmediate = (callback, ...args) => new Immediate(callback, args);

export function clearTimeout(timer) {
  if (timer instanceof Timeout) timer.close();
  else if (timer !== undefined && timer !== null) (timers.get(Number(timer)) ?? { close: () => { stop(timer); } }).close();
}
export { clearTimeout as clearInterval };

export function clearImmediate(immediate) { if (immediate instanceof Immediate) immediate._stop(); }

const abortError = (signal) => Object.assign(new Error('The operation was aborted', { cause: signal.reason }), { name: 'AbortError', code: 'ABORT_ERR' });

function wait(begin, end, value, signal) {
  return new Promise((resolve, reject) => {
    if (signal?.aborted) {
      reject(abortError(signal));
      return;
    }
    const abort = () => {
      end(timer);
      reject(abortError(signal));
    };
    const timer = begin(() => {
      signal?.removeEventListener('abort', abort);
      resolve(value);
    });
    signal?.addEventListener('abort', abort, { once: true });
  });
}

export const promises = {
  setTimeout: (delay, value, { signal } = {}) => wait((done) => setTimeout(done, delay), clearTimeout, value, signal),
  setImmediate: (value, { signal } = {}) => wait(setImmediate, clearImmediate, value, signal),
  async* setInterval(delay, value, { signal } = {}) {
    for (;;) yield await promises.setTimeout(delay, value, { signal });
  },
  scheduler: { wait: (delay, options) => promises.setTimeout(delay, undefined, options), yield: () => promises.setImmediate() },
};
const custom = Symbol.for('nodejs.util.promisify.custom');
Object.defineProperty(setTimeout, custom, { get: () => promises.setTimeout });
Object.defineProperty(setImmediate, custom, { get: () => promises.setImmediate });
