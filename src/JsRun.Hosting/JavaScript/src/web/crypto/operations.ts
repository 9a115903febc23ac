// Web Crypto: SubtleCrypto's operations. First WebIDL's conversions in the order of the arguments, then the algorithm, then a copy of the data, then the key.
import { bufferOf, NativeTypeError, ours, parseJson, setPrototypeOf, toJson } from '../../kernel/intrinsics.ts';
import { decodeByHost, encodeUtf8 } from '../encoding/utf8.ts';
import { type BufferSource, bufferSource, isBufferSource, viewOf } from '../webidl/buffer-source.ts';
import { aes } from './aes.ts';
import { type Bytes, copyOf, run } from './call.ts';
import { type AlgorithmIdentifier, type Format, has, isObject, requireUsage, toAlgorithm, toBoolean, toFormat, toKey, toUsages } from './convert.ts';
import { copyUsages, createKey, type CryptoKey, type KeySlots, type KeyUsage } from './crypto-key.ts';
import { derivation } from './derivation.ts';
import { ec } from './ec.ts';
import { fail } from './errors.ts';
import { type Family, type KeyPair, numberOf } from './family.ts';
import { hmac } from './hmac.ts';
import { type Jwk, readJwk, toObject } from './jwk.ts';
import { normalize, type Operation, type Params, supports } from './normalize.ts';
import { CryptoOperation } from './numbers.ts';
import { okp } from './okp.ts';
import { rsa } from './rsa.ts';

const families: Record<string, Family> = {
  'AES-CBC': aes, 'AES-CTR': aes, 'AES-GCM': aes, 'AES-KW': aes, 'HMAC': hmac, 'RSASSA-PKCS1-v1_5': rsa, 'RSA-PSS': rsa, 'RSA-OAEP': rsa, 'ECDSA': ec, 'ECDH': ec,
  'Ed25519': okp, 'Ed448': okp, 'X25519': okp, 'X448': okp, 'HKDF': derivation, 'PBKDF2': derivation,
};
const familyOf = (name: string): Family => families[name]!;

const toBuffer = (bytes: Bytes): ArrayBuffer => bufferOf(bytes) as ArrayBuffer;

/** Checks that the key is for this algorithm and this use. */
function check(key: KeySlots, params: Params, usage: KeyUsage): void {
  if (key.algorithm.name !== params.name) fail('InvalidAccessError', `The key is for ${key.algorithm.name}, not for ${params.name}`);
  if (!has(key.usages, usage)) fail('InvalidAccessError', `The key may not be used for ${usage}`);
}

/** Some algorithms have operations of their own for wrapKey and unwrapKey; the others use encryption. */
function normalizeEither(algorithm: AlgorithmIdentifier, first: Operation, second: Operation): Params {
  try {
    return normalize(algorithm, first);
  } catch {
    return normalize(algorithm, second);
  }
}

export async function encrypt(algorithm: unknown, key: unknown, data: unknown): Promise<ArrayBuffer> {
  const identifier = toAlgorithm(algorithm);
  const slots = toKey(key, 'encrypt: key');
  const source = bufferSource(data, 'encrypt: data');
  const params = normalize(identifier, 'encrypt');
  const bytes = viewOf(source);
  check(slots, params, 'encrypt');
  return toBuffer(await familyOf(params.name).encrypt!(params, slots, bytes));
}

export async function decrypt(algorithm: unknown, key: unknown, data: unknown): Promise<ArrayBuffer> {
  const identifier = toAlgorithm(algorithm);
  const slots = toKey(key, 'decrypt: key');
  const source = bufferSource(data, 'decrypt: data');
  const params = normalize(identifier, 'decrypt');
  const bytes = viewOf(source);
  check(slots, params, 'decrypt');
  return toBuffer(await familyOf(params.name).decrypt!(params, slots, bytes));
}

export async function sign(algorithm: unknown, key: unknown, data: unknown): Promise<ArrayBuffer> {
  const identifier = toAlgorithm(algorithm);
  const slots = toKey(key, 'sign: key');
  const source = bufferSource(data, 'sign: data');
  const params = normalize(identifier, 'sign');
  const bytes = viewOf(source);
  check(slots, params, 'sign');
  return toBuffer(await familyOf(params.name).sign!(params, slots, bytes));
}

export async function verify(algorithm: unknown, key: unknown, signature: unknown, data: unknown): Promise<boolean> {
  const identifier = toAlgorithm(algorithm);
  const slots = toKey(key, 'verify: key');
  const signed = bufferSource(signature, 'verify: signature');
  const source = bufferSource(data, 'verify: data');
  const params = normalize(identifier, 'verify');
  check(slots, params, 'verify');
  return familyOf(params.name).verify!(params, slots, viewOf(signed), viewOf(source));
}

export async function digest(algorithm: unknown, data: unknown): Promise<ArrayBuffer> {
  const identifier = toAlgorithm(algorithm);
  const source = bufferSource(data, 'digest: data');
  const { name } = normalize(identifier, 'digest');
  return toBuffer(await run(CryptoOperation.Digest, { hash: numberOf(name as 'SHA-256') }, viewOf(source)));
}

export async function generateKey(algorithm: unknown, extractable: unknown, keyUsages: unknown): Promise<CryptoKey | KeyPair> {
  const identifier = toAlgorithm(algorithm);
  const usages = toUsages(keyUsages);
  const params = normalize(identifier, 'generateKey');
  return familyOf(params.name).generate!(params, toBoolean(extractable), usages);
}

const derive = (params: Params, key: KeySlots, length: number | null): Promise<Bytes> => ours(familyOf(params.name).deriveBits!(params, key, length));

export async function deriveBits(algorithm: unknown, baseKey: unknown, length: unknown): Promise<ArrayBuffer> {
  const identifier = toAlgorithm(algorithm);
  const slots = toKey(baseKey, 'deriveBits: baseKey');
  const bits = length === null || length === undefined ? null : +(length as number) >>> 0;
  const params = normalize(identifier, 'deriveBits');
  check(slots, params, 'deriveBits');
  return toBuffer(await derive(params, slots, bits));
}

export async function deriveKey(algorithm: unknown, baseKey: unknown, derivedKeyType: unknown, extractable: unknown, keyUsages: unknown): Promise<CryptoKey> {
  const identifier = toAlgorithm(algorithm);
  const slots = toKey(baseKey, 'deriveKey: baseKey');
  const derivedIdentifier = toAlgorithm(derivedKeyType);
  const usages = toUsages(keyUsages);
  const params = normalize(identifier, 'deriveBits');
  const importParams = normalize(derivedIdentifier, 'importKey');
  const lengthParams = normalize(derivedIdentifier, 'getKeyLength');
  check(slots, params, 'deriveKey');
  const length = familyOf(lengthParams.name).keyLength!(lengthParams);
  const secret = await derive(params, slots, length);
  return importAs('raw', secret, importParams, toBoolean(extractable), usages);
}

async function importAs(format: Format, data: Bytes | Jwk, params: Params, extractable: boolean, usages: KeyUsage[]): Promise<CryptoKey> {
  const slots = await ours(familyOf(params.name).import!(format, data, params, extractable, usages));
  if (slots.type !== 'public') requireUsage(usages);
  return createKey(slots);
}

export async function importKey(format: unknown, keyData: unknown, algorithm: unknown, extractable: unknown, keyUsages: unknown): Promise<CryptoKey> {
  const keyFormat = toFormat(format);
  const data: BufferSource | Jwk = isBufferSource(keyData) ? keyData : readJwk(keyData);
  const identifier = toAlgorithm(algorithm);
  const usages = toUsages(keyUsages);
  const params = normalize(identifier, 'importKey');
  if ((keyFormat === 'jwk') === isBufferSource(data)) throw new NativeTypeError(`importKey: keyData is not what the format ${keyFormat} has`);
  return importAs(keyFormat, isBufferSource(data) ? copyOf(viewOf(data)) : data, params, toBoolean(extractable), usages);
}

/** The key in a format; a JSON Web Key also has its usages, and whether it is extractable. */
async function exportAs(format: Format, key: KeySlots): Promise<Bytes | Jwk> {
  if (!supports(key.algorithm.name, 'exportKey')) fail('NotSupportedError', `A key for ${key.algorithm.name} cannot be exported`);
  if (!key.extractable) fail('InvalidAccessError', 'The key is not extractable');
  const exported = await ours(familyOf(key.algorithm.name).export!(format, key));
  if (format === 'jwk') {
    (exported as Jwk).key_ops = copyUsages(key);
    (exported as Jwk).ext = true;
  }
  return exported;
}

export async function exportKey(format: unknown, key: unknown): Promise<object> {
  const keyFormat = toFormat(format);
  const slots = toKey(key, 'exportKey: key');
  const exported = await ours(exportAs(keyFormat, slots));
  return keyFormat === 'jwk' ? toObject(exported as Jwk) : toBuffer(exported as Bytes);
}

export async function wrapKey(format: unknown, key: unknown, wrappingKey: unknown, wrapAlgorithm: unknown): Promise<ArrayBuffer> {
  const keyFormat = toFormat(format);
  const slots = toKey(key, 'wrapKey: key');
  const wrapping = toKey(wrappingKey, 'wrapKey: wrappingKey');
  const params = normalizeEither(toAlgorithm(wrapAlgorithm), 'wrapKey', 'encrypt');
  check(wrapping, params, 'wrapKey');
  const exported = await ours(exportAs(keyFormat, slots));
  const bytes = keyFormat === 'jwk' ? encodeUtf8(toJson(toObject(exported as Jwk))) : exported as Bytes;
  return toBuffer(await familyOf(params.name).encrypt!(params, wrapping, bytes));
}

export async function unwrapKey(
  format: unknown, wrappedKey: unknown, unwrappingKey: unknown, unwrapAlgorithm: unknown, unwrappedKeyAlgorithm: unknown, extractable: unknown, keyUsages: unknown,
): Promise<CryptoKey> {
  const keyFormat = toFormat(format);
  const source = bufferSource(wrappedKey, 'unwrapKey: wrappedKey');
  const unwrapping = toKey(unwrappingKey, 'unwrapKey: unwrappingKey');
  const identifier = toAlgorithm(unwrapAlgorithm);
  const keyIdentifier = toAlgorithm(unwrappedKeyAlgorithm);
  const usages = toUsages(keyUsages);
  const params = normalizeEither(identifier, 'unwrapKey', 'decrypt');
  const keyParams = normalize(keyIdentifier, 'importKey');
  const bytes = viewOf(source);
  check(unwrapping, params, 'unwrapKey');
  const unwrapped = await ours(familyOf(params.name).decrypt!(params, unwrapping, bytes));
  return importAs(keyFormat, keyFormat === 'jwk' ? parseJwk(unwrapped) : unwrapped, keyParams, toBoolean(extractable), usages);
}

/** Parses an unwrapped JSON Web Key, which must have no members but its own. */
function parseJwk(bytes: Bytes): Jwk {
  let parsed: unknown;
  try {
    parsed = parseJson(decodeByHost(bytes)) as unknown;
  } catch {
    fail('DataError', 'The unwrapped key is not JSON');
  }
  if (!isObject(parsed)) fail('DataError', 'The unwrapped key is not a JSON Web Key');
  setPrototypeOf(parsed as object, null);
  return readJwk(parsed, true);
}
