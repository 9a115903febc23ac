// Web Crypto: the interface of a family of algorithms, and what they share. The caller has checked usages, types and names.
import { byteLengthOf, NativeUint8Array } from '../../kernel/intrinsics.ts';
import { type Bytes, type Call, readNumber, runAll } from './call.ts';
import type { Format } from './convert.ts';
import { createKey, type CryptoKey, type HashName, hold, type KeyAlgorithm, KeySlots, type KeyType, type KeyUsage } from './crypto-key.ts';
import type { Jwk } from './jwk.ts';
import type { Params } from './normalize.ts';
import { CryptoHash, type CryptoOperation } from './numbers.ts';

export interface KeyPair { privateKey: CryptoKey; publicKey: CryptoKey }

export interface Family {
  generate?(params: Params, extractable: boolean, usages: KeyUsage[]): Promise<CryptoKey | KeyPair>;
  /** `data` is the key in the format: bytes or, for a JSON Web Key, its dictionary. */
  import?(format: Format, data: Bytes | Jwk, params: Params, extractable: boolean, usages: KeyUsage[]): Promise<KeySlots>;
  export?(format: Format, key: KeySlots): Promise<Bytes | Jwk>;
  sign?(params: Params, key: KeySlots, data: Uint8Array): Promise<Bytes>;
  verify?(params: Params, key: KeySlots, signature: Uint8Array, data: Uint8Array): Promise<boolean>;
  /** wrapKey, if it is an operation of its own. */
  encrypt?(params: Params, key: KeySlots, data: Uint8Array): Promise<Bytes>;
  decrypt?(params: Params, key: KeySlots, data: Uint8Array): Promise<Bytes>;
  deriveBits?(params: Params, key: KeySlots, length: number | null): Promise<Bytes>;
  keyLength?(params: Params): number | null;
}

const hashes: Record<HashName, CryptoHash> = { 'SHA-1': CryptoHash.Sha1, 'SHA-256': CryptoHash.Sha256, 'SHA-384': CryptoHash.Sha384, 'SHA-512': CryptoHash.Sha512 };

export const numberOf = (hash: HashName | undefined): CryptoHash => hashes[hash!];

export const isEmpty = (bytes: Uint8Array): boolean => byteLengthOf(bytes) === 0;

/** The host's memory for a key, roughly, in bytes. */
export const WEIGHT = { secret: 128, okp: 512, ec: 4096, rsa: 8192 } as const;

const KEYS = 8;

export interface Made { handle: number; privateHandle: number; size: number; rest: Bytes | undefined }

/** Lets the host generate or import keys. Its result must be awaited with `ours`. */
export async function make(operation: CryptoOperation, call: Call, sections: Uint8Array[]): Promise<Made> {
  const answer = await runAll(operation, call, sections);
  const described = byteLengthOf(answer) > KEYS;
  let rest: Bytes | undefined;
  if (described) {
    const length = byteLengthOf(answer) - KEYS - 4;
    rest = new NativeUint8Array(length);
    for (let i = 0; i < length; i++) rest[i] = answer[KEYS + 4 + i]!;
  }
  return { __proto__: null, handle: readNumber(answer, 0), privateHandle: readNumber(answer, 4), size: described ? readNumber(answer, KEYS) : 0, rest } as Made;
}

export function slots(handle: number, type: KeyType, extractable: boolean, algorithm: KeyAlgorithm, usages: KeyUsage[], weight: number): KeySlots {
  return hold(new KeySlots(handle, type, extractable, algorithm, usages, weight));
}

export function pair(made: Made, algorithm: KeyAlgorithm, extractable: boolean, publicUsages: KeyUsage[], privateUsages: KeyUsage[], weight: number): KeyPair {
  return {
    privateKey: createKey(slots(made.privateHandle, 'private', extractable, algorithm, privateUsages, weight)),
    publicKey: createKey(slots(made.handle, 'public', true, algorithm, publicUsages, weight)),
  };
}
