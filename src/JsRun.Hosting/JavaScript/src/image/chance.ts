// Clock and chance: what a top level has read of them would be the same in every context that comes from the image. And weak references, which would be empty there.
import { apply, construct, defineProperty, descriptorOf, NativeTypeError, NativeWeakRef } from '../kernel/intrinsics.ts';
import { replaceConstructor } from '../surface/replace.ts';
import { fault } from './fault.ts';


/** Stands where `original` was until it is read, and stays in its place then: whoever has kept it must go on with the same. */
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
    // The user's own stays.
    if (descriptorOf(this.#holder, this.#key)?.get !== this.#get) return false;
    this.#define(this.#kept ? this.#guarded : this.#original);
    return !this.#kept;
  }

  #define(value: unknown): void {
    defineProperty(this.#holder, this.#key, { __proto__: null, value, writable: true, enumerable: false, configurable: true } as PropertyDescriptor);
  }
}

let release: () => void;

/** Takes the originals only now: reading them is what the bundle must not do when it is evaluated. */
/** @param weakly whether weak references are told too: a script's own, which its globals hold, are found again */
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
