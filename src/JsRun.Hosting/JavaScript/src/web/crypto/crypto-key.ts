// Web Crypto: CryptoKey. The host holds the key itself. A CryptoKey has its number, which no user code sees, and its type, algorithm and usages.
import { host } from '../../kernel/host.ts';
import { ArrayPrototype, byteLengthOf, conceal, freeze, list, NativeTypeError, NativeUint8Array, NativeWeakRef, setBytes, setPrototypeOf, uncurry, weakRefDeref } from '../../kernel/intrinsics.ts';
import { HostOp } from '../../kernel/ops.ts';
import { defineInterface, illegalConstructor } from '../webidl/interface.ts';

export type KeyType = 'public' | 'private' | 'secret';
export type KeyUsage = 'encrypt' | 'decrypt' | 'sign' | 'verify' | 'deriveKey' | 'deriveBits' | 'wrapKey' | 'unwrapKey';
export type HashName = 'SHA-1' | 'SHA-256' | 'SHA-384' | 'SHA-512';

/** What a key's `algorithm` shows. Own properties only, so that reading one never reaches a prototype. */
export class KeyAlgorithm {
  readonly name: string;
  hash: HashName | undefined = undefined;
  length: number | undefined = undefined;
  namedCurve: string | undefined = undefined;
  modulusLength: number | undefined = undefined;
  publicExponent: Uint8Array | undefined = undefined;

  constructor(name: string) { this.name = name; }

  /** A plain object for user code. */
  describe(): object {
    const { name, hash, length, namedCurve, modulusLength, publicExponent } = this;
    return {
      name,
      ...(publicExponent !== undefined && { modulusLength, publicExponent: copyOf(publicExponent) }),
      ...(hash !== undefined && { hash: { name: hash } }),
      ...(length !== undefined && { length }),
      ...(namedCurve !== undefined && { namedCurve }),
    };
  }
}
conceal(KeyAlgorithm);

/**
 * The internal slots, which a key shares with its structured clones. Keep them while an operation runs, because the host forgets the key when they are collected. They are frozen, and recognised
 * by a private field: user code that got hold of them, or could replace them, could still not do more than the key allows.
 */
export class KeySlots {
  #brand = true;
  readonly handle: number;
  readonly type: KeyType;
  readonly extractable: boolean;
  readonly algorithm: KeyAlgorithm;
  readonly usages: readonly KeyUsage[];
  /** As much memory as the key has in the host, so that V8 collects keys as it does bytes, and the limit on ArrayBuffers holds for both. */
  readonly ballast: Uint8Array;

  constructor(handle: number, type: KeyType, extractable: boolean, algorithm: KeyAlgorithm, usages: readonly KeyUsage[], weight: number) {
    this.handle = handle;
    this.type = type;
    this.extractable = extractable;
    this.algorithm = algorithm;
    this.usages = usages;
    this.ballast = new NativeUint8Array(weight);
    freeze(usages);
    freeze(algorithm);
    freeze(this);
    void this.#brand;
  }

  static is(value: object): boolean { return #brand in value; }
}
conceal(KeySlots);

const copyOf = (bytes: Uint8Array): Uint8Array => {
  const copy = new NativeUint8Array(byteLengthOf(bytes));
  setBytes(copy, bytes, 0);
  return copy;
};

const deref = uncurry(weakRefDeref) as <T extends object>(reference: WeakRef<T>) => T | undefined;
const FIRST_SWEEP = 64;

/** The slots that hold keys of the host. A FinalizationRegistry would call back outside of an entry, where nothing catches an exception. */
let held = list<{ handle: number; slots: WeakRef<KeySlots> }>();
let sweepAt = FIRST_SWEEP;

function sweep(): void {
  const alive: typeof held = list();
  for (let i = 0; i < held.length; i++) {
    const entry = held[i]!;
    if (deref(entry.slots) === undefined) host(HostOp.CryptoRelease, entry.handle);
    else alive[alive.length] = entry;
  }
  held = alive;
  sweepAt = alive.length * 2 < FIRST_SWEEP ? FIRST_SWEEP : alive.length * 2;
}

/** Lets the host forget the key when the slots are collected. */
export function hold(slots: KeySlots): KeySlots {
  if (held.length >= sweepAt) sweep();
  held[held.length] = { handle: slots.handle, slots: new NativeWeakRef(slots) };
  return slots;
}

let creating: KeySlots | undefined;
export let isCryptoKey: (value: unknown) => value is CryptoKey;
export let slotsOf: (key: CryptoKey) => KeySlots;

export class CryptoKey {
  readonly #slots: KeySlots;
  #algorithm: object | undefined;
  #usages: KeyUsage[] | undefined;

  static {
    isCryptoKey = (value): value is CryptoKey => typeof value === 'object' && value !== null && #slots in value;
    slotsOf = (key) => key.#slots;
  }

  constructor() {
    if (creating === undefined) illegalConstructor();
    this.#slots = creating;
    creating = undefined;
  }

  get type(): KeyType { return this.#slots.type; }
  get extractable(): boolean { return this.#slots.extractable; }
  get algorithm(): object { return this.#algorithm ??= this.#slots.algorithm.describe(); }
  get usages(): KeyUsage[] { return this.#usages ??= copyUsages(this.#slots); }
}
defineInterface(CryptoKey, 'CryptoKey');

/** Copies by index to a list without a prototype: neither an iterator nor a setter of user code sees the key's own list. */
export function copyUsages({ usages }: KeySlots): KeyUsage[] {
  const copy = list<KeyUsage>();
  for (let i = 0; i < usages.length; i++) copy[i] = usages[i]!;
  setPrototypeOf(copy, ArrayPrototype);
  return copy;
}

export function createKey(slots: KeySlots): CryptoKey {
  if (!KeySlots.is(slots)) throw new NativeTypeError('These are no slots of a key');
  creating = slots;
  return new CryptoKey();
}
