// Web Crypto: RSASSA-PKCS1-v1_5, RSA-PSS and RSA-OAEP.
import { byteLengthOf, list, NativeUint8Array, ours, slice } from '../../kernel/intrinsics.ts';
import { type Bytes, readList, run } from './call.ts';
import { allowOnly, type Format, pick, requireUsage } from './convert.ts';
import { type HashName, KeyAlgorithm, type KeySlots, type KeyUsage } from './crypto-key.ts';
import { fail, unsupportedFormat } from './errors.ts';
import { type Family, make, type Made, numberOf, pair, slots, WEIGHT } from './family.ts';
import { checkJwk, createJwk, decode, encode, type Jwk } from './jwk.ts';
import type { Params } from './normalize.ts';
import { CryptoAlgorithm, CryptoKeyFormat, CryptoOperation } from './numbers.ts';

const LEAST_BITS = 512;
/** The longest modulus: the host takes too long to generate a longer one. */
const MOST_BITS = 4096;
const privateMembers = ['d', 'p', 'q', 'dp', 'dq', 'qi'] as const;

interface Kind { number: CryptoAlgorithm; use: string; publicUsages: KeyUsage[]; privateUsages: KeyUsage[]; alg(hash: HashName): string }

const kinds: Record<string, Kind> = {
  'RSASSA-PKCS1-v1_5': { number: CryptoAlgorithm.RsaPkcs1, use: 'sig', publicUsages: ['verify'], privateUsages: ['sign'], alg: (hash) => `RS${slice(hash, 4)}` },
  'RSA-PSS': { number: CryptoAlgorithm.RsaPss, use: 'sig', publicUsages: ['verify'], privateUsages: ['sign'], alg: (hash) => `PS${slice(hash, 4)}` },
  'RSA-OAEP': {
    number: CryptoAlgorithm.RsaOaep, use: 'enc', publicUsages: ['encrypt', 'wrapKey'], privateUsages: ['decrypt', 'unwrapKey'],
    alg: (hash) => (hash === 'SHA-1' ? 'RSA-OAEP' : `RSA-OAEP-${slice(hash, 4)}`),
  },
};

const nothing = new NativeUint8Array(0);

function describe(name: string, hash: HashName, made: Made): KeyAlgorithm {
  const algorithm = new KeyAlgorithm(name);
  algorithm.hash = hash;
  algorithm.modulusLength = made.size;
  algorithm.publicExponent = made.rest!;
  return algorithm;
}

/** An odd number of at least 3, and of at most 64 bits. */
function isExponent(bytes: Uint8Array): boolean {
  const size = byteLengthOf(bytes);
  let first = 0;
  while (first < size && bytes[first] === 0) first++;
  const length = size - first;
  return length > 0 && length <= 8 && (bytes[size - 1]! & 1) === 1 && (length > 1 || bytes[first]! > 1);
}

function keyOf(type: 'public' | 'private', name: string, hash: HashName, made: Made, extractable: boolean, usages: KeyUsage[]): KeySlots {
  return slots(made.handle, type, extractable, describe(name, hash, made), usages, WEIGHT.rsa);
}

async function importJwk(jwk: Jwk, params: Params, extractable: boolean, usages: KeyUsage[]): Promise<KeySlots> {
  const { name } = params;
  const kind = kinds[name]!;
  const hash = params.hash!;
  const isPrivate = jwk.d !== undefined;
  const allowed = isPrivate ? kind.privateUsages : kind.publicUsages;
  allowOnly(usages, allowed);
  checkJwk(jwk, 'RSA', kind.use, usages, extractable);
  if (jwk.alg !== undefined && jwk.alg !== kind.alg(hash)) fail('DataError', `The JSON Web Key's alg is not "${kind.alg(hash)}"`);
  // Without a prototype, so that no setter of user code sees a part of the key.
  const members = list<Bytes>();
  members[0] = decode(jwk, 'n');
  members[1] = decode(jwk, 'e');
  if (isPrivate) {
    if (jwk.oth !== undefined) fail('NotSupportedError', 'RSA keys of more than two primes are not supported');
    for (let i = 0; i < privateMembers.length; i++) members[2 + i] = decode(jwk, privateMembers[i]!);
  }
  const made = await ours(make(CryptoOperation.Import, { algorithm: kind.number, format: CryptoKeyFormat.Jwk }, members));
  return keyOf(isPrivate ? 'private' : 'public', name, hash, made, extractable, pick(usages, allowed));
}

async function importBytes(format: 'spki' | 'pkcs8', data: Bytes, params: Params, extractable: boolean, usages: KeyUsage[]): Promise<KeySlots> {
  const kind = kinds[params.name]!;
  const isPrivate = format === 'pkcs8';
  const allowed = isPrivate ? kind.privateUsages : kind.publicUsages;
  allowOnly(usages, allowed);
  const made = await ours(make(CryptoOperation.Import, { algorithm: kind.number, format: isPrivate ? CryptoKeyFormat.Pkcs8 : CryptoKeyFormat.Spki }, [data]));
  return keyOf(isPrivate ? 'private' : 'public', params.name, params.hash!, made, extractable, pick(usages, allowed));
}

async function exportAs(format: Format, key: KeySlots): Promise<Bytes | Jwk> {
  const { name, hash } = key.algorithm;
  if (format === 'jwk') {
    const parts = readList(await run(CryptoOperation.Export, { key, format: CryptoKeyFormat.Jwk }));
    const jwk = createJwk();
    jwk.kty = 'RSA';
    jwk.alg = kinds[name]!.alg(hash!);
    jwk.n = encode(parts[0]!);
    jwk.e = encode(parts[1]!);
    for (let i = 2; i < parts.length; i++) jwk[privateMembers[i - 2]!] = encode(parts[i]!);
    return jwk;
  }
  if (format === 'raw') return unsupportedFormat(format, name);
  if ((format === 'pkcs8') !== (key.type === 'private')) fail('InvalidAccessError', `A ${key.type} key cannot be exported as ${format}`);
  return run(CryptoOperation.Export, { key, format: format === 'pkcs8' ? CryptoKeyFormat.Pkcs8 : CryptoKeyFormat.Spki });
}

function requireType(key: KeySlots, type: 'public' | 'private'): void {
  if (key.type !== type) fail('InvalidAccessError', `The key is not ${type}`);
}

export const rsa: Family = {
  async generate({ name, modulusLength, publicExponent, hash }, extractable, usages) {
    const { number, publicUsages, privateUsages } = kinds[name]!;
    allowOnly(usages, publicUsages, privateUsages);
    if (!isExponent(publicExponent!)) fail('OperationError', `${name}: publicExponent must be an odd number of at least 3 and of at most 64 bits`);
    if (modulusLength! < LEAST_BITS || modulusLength! > MOST_BITS || modulusLength! % 8 !== 0) {
      fail('OperationError', `${name}: modulusLength is ${modulusLength!}, not a multiple of 8 from ${LEAST_BITS} to ${MOST_BITS}`);
    }
    const privatePicked = pick(usages, privateUsages);
    requireUsage(privatePicked);
    const made = await ours(make(CryptoOperation.Generate, { algorithm: number, number: modulusLength! }, [publicExponent!]));
    return pair(made, describe(name, hash!, made), extractable, pick(usages, publicUsages), privatePicked, WEIGHT.rsa);
  },

  async import(format, data, params, extractable, usages) {
    if (format === 'jwk') return ours(importJwk(data as Jwk, params, extractable, usages));
    if (format === 'raw') return unsupportedFormat(format, params.name);
    return ours(importBytes(format, data as Bytes, params, extractable, usages));
  },

  export: exportAs,

  async sign({ name, saltLength }, key, data) {
    requireType(key, 'private');
    return run(CryptoOperation.Sign, { algorithm: kinds[name]!.number, key, hash: numberOf(key.algorithm.hash), number: saltLength ?? 0 }, data);
  },

  async verify({ name, saltLength }, key, signature, data) {
    requireType(key, 'public');
    return (await run(CryptoOperation.Verify, { algorithm: kinds[name]!.number, key, hash: numberOf(key.algorithm.hash), number: saltLength ?? 0 }, data, signature))[0] === 1;
  },

  async encrypt({ label }, key, data) {
    requireType(key, 'public');
    return run(CryptoOperation.Encrypt, { algorithm: CryptoAlgorithm.RsaOaep, key, hash: numberOf(key.algorithm.hash) }, label ?? nothing, nothing, data);
  },

  async decrypt({ label }, key, data) {
    requireType(key, 'private');
    return run(CryptoOperation.Decrypt, { algorithm: CryptoAlgorithm.RsaOaep, key, hash: numberOf(key.algorithm.hash) }, label ?? nothing, nothing, data);
  },
};
