// Web Crypto: HMAC.
import { byteLengthOf, ours, slice } from '../../kernel/intrinsics.ts';
import { run } from './call.ts';
import { allowOnly, pick, requireUsage } from './convert.ts';
import { type HashName, KeyAlgorithm, type KeyUsage } from './crypto-key.ts';
import { fail } from './errors.ts';
import { type Family, numberOf } from './family.ts';
import type { Jwk } from './jwk.ts';
import { CryptoAlgorithm, CryptoOperation } from './numbers.ts';
import { exportSecret, generateSecret, importSecret, readSecret } from './symmetric.ts';

/** The longest key that is generated or derived, in bits: the host must hold it. */
export const MOST_BITS = 8 * 1024 * 1024;

const usagesOfKeys: KeyUsage[] = ['sign', 'verify'];
const algOf = (hash: HashName): string => `HS${slice(hash, 4)}`;
const blockLength = (hash: HashName): number => (hash === 'SHA-1' || hash === 'SHA-256' ? 512 : 1024);

function describe(hash: HashName, length: number): KeyAlgorithm {
  const algorithm = new KeyAlgorithm('HMAC');
  algorithm.hash = hash;
  algorithm.length = length;
  return algorithm;
}

export const hmac: Family = {
  async generate({ hash, length = blockLength(hash!) }, extractable, usages) {
    allowOnly(usages, usagesOfKeys);
    if (length === 0 || length > MOST_BITS) fail('OperationError', `HMAC: length is ${length}, not from 1 to ${MOST_BITS}`);
    requireUsage(usages);
    return generateSecret(describe(hash!, length), length, extractable, pick(usages, usagesOfKeys));
  },

  async import(format, data, params, extractable, usages) {
    allowOnly(usages, usagesOfKeys);
    const hash = params.hash!;
    const bytes = readSecret(format, data, 'HMAC', 'sig', usages, extractable);
    if (format === 'jwk' && (data as Jwk).alg !== undefined && (data as Jwk).alg !== algOf(hash)) fail('DataError', `The JSON Web Key's alg is not "${algOf(hash)}"`);
    const bits = byteLengthOf(bytes) * 8;
    const { length = bits } = params;
    if (bits === 0) fail('DataError', 'HMAC: the key is empty');
    if (length > bits || length <= bits - 8) fail('DataError', `HMAC: length is ${length}, and the key has ${bits} bits`);
    return ours(importSecret(describe(hash, length), bytes, extractable, pick(usages, usagesOfKeys)));
  },

  export: (format, key) => exportSecret(format, key, () => algOf(key.algorithm.hash!)),

  sign: (_params, key, data) => run(CryptoOperation.Sign, { algorithm: CryptoAlgorithm.Hmac, key, hash: numberOf(key.algorithm.hash) }, data),

  async verify(_params, key, signature, data) {
    return (await run(CryptoOperation.Verify, { algorithm: CryptoAlgorithm.Hmac, key, hash: numberOf(key.algorithm.hash) }, data, signature))[0] === 1;
  },

  keyLength({ hash, length = blockLength(hash!) }) {
    if (length === 0) throw new TypeError('HMAC: length is 0');
    return length;
  },
};
