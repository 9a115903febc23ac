// Notices a top level that reads the clock or random values, which would be the same in every context from the image, or that makes weak references, which would be empty there.
import { apply, construct, defineProperty, descriptorOf, NativeTypeError, NativeWeakRef } from '../kernel/intrinsics.ts';
import { replaceConstructor } from '../surface/replace.ts';
import { fault } from './fault.ts';


/** Replaces `original` until the image is complete. A replacement that has been read stays, because the script may have kept it. */
class Guard {
  readonly #holder: object;
  readonly #key: string;
  readonly #original: unknown;
  readonly #guarded: unknown;
  #kept = false;

  constructor(holder: object, key: string, original: unknown, guarded: unknown) {
    this.#holder = holder;
    this.#key = key;
    this.#original = original;
    this.#guarded = guarded;
    const get = () => {
      this.#kept = true;
      return guarded;
    };
    const set = (value: unknown) => { this.#define(value); };
    defineProperty(holder, key, { __proto__: null, get, set, enumerable: false, configurable: true } as PropertyDescriptor);
    this.#get = get;
  }

  readonly #get: () => unknown;

  /** Whether the original is in its place again. */
  release(): boolean {
    // A value that user code has put there stays.
    if (descriptorOf(this.#holder, this.#key)?.get !== this.#get) return false;
    this.#define(this.#kept ? this.#guarded : this.#original);
    return !this.#kept;
  }

  #define(value: unknown): void {
    defineProperty(this.#holder, this.#key, { __proto__: null, value, writable: true, enumerable: false, configurable: true } as PropertyDescriptor);
  }
}

let release: () => void;

/**
 * Puts the replacements in place. The originals are read here, because the bundle must not read them when it is evaluated.
 * @param weakly whether to notice weak references too; those that a script's globals hold are found again
 */
export function trapChance(weakly: boolean): void {
  const NativeDate = Date;
  const { now, prototype } = Date;
  const NativeMath = Math;
  const { random } = Math;
  function GuardedDate(...values: unknown[]): unknown {
    if (new.target === undefined || values.length === 0) fault('reads the clock (Date)');
    return new.target === undefined ? apply(NativeDate, undefined, []) : construct(NativeDate, values, new.target as never);
  }
  defineProperty(GuardedDate, 'now', {
    __proto__: null,
    value: { now() {
      fault('reads the clock (Date.now)');
      return now();
    } }.now,
    writable: true,
    enumerable: false,
    configurable: true,
  } as PropertyDescriptor);
  replaceConstructor(globalThis, NativeDate as never, GuardedDate);
  const date = new Guard(globalThis, 'Date', NativeDate, GuardedDate);
  const chance = new Guard(NativeMath, 'random', random, { random() {
    fault('asks for random values (Math.random)');
    return random();
  } }.random);
  function GuardedWeakRef(target: unknown): unknown {
    if (new.target === undefined) throw new NativeTypeError('Constructor WeakRef requires \'new\'');
    fault('makes a WeakRef');
    return construct(NativeWeakRef, [target as object], new.target as never);
  }
  const weakConstructor = descriptorOf(NativeWeakRef.prototype, 'constructor')!;
  if (weakly) replaceConstructor(globalThis, NativeWeakRef as never, GuardedWeakRef);
  const weak = weakly ? new Guard(globalThis, 'WeakRef', NativeWeakRef, GuardedWeakRef) : undefined;
  release = () => {
    chance.release();
    if (weak?.release()) defineProperty(NativeWeakRef.prototype, 'constructor', weakConstructor);
    if (date.release()) defineProperty(prototype, 'constructor', { __proto__: null, value: NativeDate, writable: true, enumerable: false, configurable: true } as PropertyDescriptor);
  };
}

export const releaseChance = (): void => release();
