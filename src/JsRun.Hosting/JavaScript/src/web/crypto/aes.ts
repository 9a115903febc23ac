// Web Crypto: AES in its four modes.
import { byteLengthOf, NativeUint8Array, ours, slice } from '../../kernel/intrinsics.ts';
import { type Bytes, run } from './call.ts';
import { allowOnly, has, pick, requireUsage } from './convert.ts';
import { KeyAlgorithm, type KeySlots, type KeyUsage } from './crypto-key.ts';
import { fail } from './errors.ts';
import type { Family } from './family.ts';
import type { Jwk } from './jwk.ts';
import type { Params } from './normalize.ts';
import { CryptoAlgorithm, CryptoOperation } from './numbers.ts';
import { exportSecret, generateSecret, importSecret, readSecret } from './symmetric.ts';

const BLOCK = 16;
const lengths = [128, 192, 256];
const tagLengths = [32, 64, 96, 104, 112, 120, 128];
const cipherUsages: KeyUsage[] = ['encrypt', 'decrypt', 'wrapKey', 'unwrapKey'];
const wrapUsages: KeyUsage[] = ['wrapKey', 'unwrapKey'];
const nothing = new NativeUint8Array(0);

const usagesOf = (name: string): KeyUsage[] => (name === 'AES-KW' ? wrapUsages : cipherUsages);

/** A JSON Web Key's alg: A128CBC, A256KW … */
const algOf = (name: string, bytes: number): string => `A${bytes * 8}${slice(name, 4)}`;

function withLength(name: string, length: number): KeyAlgorithm {
  const algorithm = new KeyAlgorithm(name);
  algorithm.length = length;
  return algorithm;
}

async function transform(operation: CryptoOperation.Encrypt | CryptoOperation.Decrypt, params: Params, key: KeySlots, data: Uint8Array): Promise<Bytes> {
  const { name, iv, counter, additionalData, length, tagLength = 128 } = params;
  switch (name) {
    case 'AES-CBC':
      if (byteLengthOf(iv!) !== BLOCK) fail('OperationError', `AES-CBC: iv has ${byteLengthOf(iv!)} bytes, not ${BLOCK}`);
      return run(operation, { algorithm: CryptoAlgorithm.AesCbc, key }, iv!, nothing, data);
    case 'AES-CTR':
      if (byteLengthOf(counter!) !== BLOCK) fail('OperationError', `AES-CTR: counter has ${byteLengthOf(counter!)} bytes, not ${BLOCK}`);
      if (length === 0 || length! > 128) fail('OperationError', `AES-CTR: length is ${length!}, not from 1 to 128`);
      return run(operation, { algorithm: CryptoAlgorithm.AesCtr, key, number: length! }, counter!, nothing, data);
    case 'AES-GCM':
      if (!has(tagLengths, tagLength)) fail('OperationError', `AES-GCM: tagLength is ${tagLength}, which is none of 32, 64, 96, 104, 112, 120, 128`);
      if (operation === CryptoOperation.Decrypt && byteLengthOf(data) * 8 < tagLength) fail('OperationError', 'AES-GCM: the data is shorter than the tag');
      return run(operation, { algorithm: CryptoAlgorithm.AesGcm, key, number: tagLength }, iv!, additionalData ?? nothing, data);
    default:
      if (byteLengthOf(data) % 8 !== 0) fail('OperationError', 'AES-KW: the length of the data is not a multiple of 8 bytes');
      return run(operation, { algorithm: CryptoAlgorithm.AesKw, key }, nothing, nothing, data);
  }
}

export const aes: Family = {
  async generate({ name, length }, extractable, usages) {
    allowOnly(usages, usagesOf(name));
    if (!has(lengths, length)) fail('OperationError', `${name}: length is ${length!}, not 128, 192 or 256`);
    requireUsage(usages);
    return generateSecret(withLength(name, length!), length!, extractable, pick(usages, usagesOf(name)));
  },

  async import(format, data, { name }, extractable, usages) {
    allowOnly(usages, usagesOf(name));
    const bytes = readSecret(format, data, name, 'enc', usages, extractable);
    const length = byteLengthOf(bytes);
    if (!has(lengths, length * 8)) fail('DataError', `${name}: the key has ${length * 8} bits, not 128, 192 or 256`);
    if (format === 'jwk' && (data as Jwk).alg !== undefined && (data as Jwk).alg !== algOf(name, length)) fail('DataError', `The JSON Web Key's alg is not "${algOf(name, length)}"`);
    return ours(importSecret(withLength(name, length * 8), bytes, extractable, pick(usages, usagesOf(name))));
  },

  export: (format, key) => exportSecret(format, key, (bytes) => algOf(key.algorithm.name, bytes)),
  encrypt: (params, key, data) => transform(CryptoOperation.Encrypt, params, key, data),
  decrypt: (params, key, data) => transform(CryptoOperation.Decrypt, params, key, data),

  keyLength({ name, length }) {
    if (!has(lengths, length)) fail('OperationError', `${name}: length is ${length!}, not 128, 192 or 256`);
    return length!;
  },
};
