// node:crypto: hashes, HMAC, key derivation and random values. Ciphers, keys and signatures are those of `webcrypto`.
import { hkdf as hkdfOf } from '@noble/hashes/hkdf.js';
import { hmac } from '@noble/hashes/hmac.js';
import { md5, ripemd160, sha1 } from '@noble/hashes/legacy.js';
import { pbkdf2 as pbkdf2Of } from '@noble/hashes/pbkdf2.js';
import { scrypt as scryptOf } from '@noble/hashes/scrypt.js';
import { sha224, sha256, sha384, sha512, sha512_224, sha512_256 } from '@noble/hashes/sha2.js';
import { sha3_224, sha3_256, sha3_384, sha3_512 } from '@noble/hashes/sha3.js';
import { Buffer } from './buffer.js';
import { Transform } from './stream.js';
import { invalidArgument, plainError, rangeError, requireFunction } from './lib/errors.js';
import { allNotImplemented, notImplementedError } from './lib/not-implemented.js';
import { process } from './lib/process.js';

export const webcrypto = globalThis.crypto;
export const subtle = webcrypto.subtle;
export const constants = {};
const hashes = {
  'md5': md5, 'ripemd160': ripemd160, 'rmd160': ripemd160, 'sha1': sha1, 'sha224': sha224, 'sha256': sha256, 'sha384': sha384, 'sha512': sha512, 'sha512-224': sha512_224, 'sha512-256': sha512_256, 'sha3-224': sha3_224, 'sha3-256': sha3_256, 'sha3-384': sha3_384,
  'sha3-512': sha3_512,
};

function hashOf(name) {
  if (typeof name !== 'string') throw invalidArgument('algorithm', 'of type string', name);
  const key = name.toLowerCase().replace(/^rsa-/, '').replace(/^sha-/, 'sha').replace(/^sha512\//, 'sha512-');
  if (!Object.hasOwn(hashes, key)) throw plainError('ERR_CRYPTO_INVALID_DIGEST', `Invalid digest: ${name}`);
  return hashes[key];
}

function bytesOf(data, encoding, name = 'data') {
  if (typeof data === 'string') return Buffer.from(data, encoding === 'buffer' ? 'utf8' : encoding);
  if (ArrayBuffer.isView(data)) return new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
  if (data instanceof ArrayBuffer) return new Uint8Array(data);
  if (data instanceof KeyObject) return data.export();
  throw invalidArgument(name, 'of type string or an instance of Buffer, TypedArray, or DataView', data);
}
const encoded = (bytes, encoding) => {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return encoding === undefined || encoding === 'buffer' ? buffer : buffer.toString(encoding);
};

class Digest extends Transform {
  _state;
  #done = false;

  constructor(state, options) {
    super(options);
    this._state = state;
  }

  update(data, encoding) {
    if (this.#done) throw plainError('ERR_CRYPTO_HASH_FINALIZED', 'Digest already called');
    this._state.update(bytesOf(data, encoding));
    return this;
  }

  digest(encoding) {
    if (this.#done) throw plainError('ERR_CRYPTO_HASH_FINALIZED', 'Digest already called');
    this.#done = true;
    return encoded(this._state.digest(), encoding);
  }

  _transform(chunk, encoding, callback) {
    this.update(chunk, encoding);
    callback();
  }

  _flush(callback) {
    this.push(this.digest());
    callback();
  }
}

export class Hash extends Digest {
  constructor(algorithm, options) { super(typeof algorithm === 'object' ? algorithm : hashOf(algorithm).create(), options); }
  copy(options) { return new Hash(this._state.clone(), options); }
}
export class Hmac extends Digest {
  constructor(algorithm, key, options) { super(hmac.create(hashOf(algorithm), bytesOf(key, options?.encoding, 'key')), options); }
}
export const createHash = (algorithm, options) => new Hash(algorithm, options);
export const createHmac = (algorithm, key, options) => new Hmac(algorithm, key, options);
export const hash = (algorithm, data, encoding = 'hex') => encoded(hashOf(algorithm)(bytesOf(data)), encoding);
export const getHashes = () => Object.keys(hashes).sort();
export const getCiphers = () => [];
export const getCurves = () => [];
export const getFips = () => 0;

/** A secret. Keys of other types are those of `webcrypto`. */
export class KeyObject {
  #bytes;

  constructor(type, bytes) {
    if (type !== 'secret') throw notImplementedError('crypto.KeyObject', `a key of type ${type} is made by crypto.subtle`);
    this.#bytes = Uint8Array.from(bytes);
    Object.defineProperty(this, Symbol.for('jsrun.keyObject'), { value: true });
  }

  get type() { return 'secret'; }
  get symmetricKeySize() { return this.#bytes.length; }
  export({ format = 'buffer' } = {}) { return format === 'jwk' ? { kty: 'oct', k: Buffer.from(this.#bytes).toString('base64url') } : Buffer.from(this.#bytes); }
  equals(other) { return other instanceof KeyObject && timingSafeEqual(hash('sha256', this.#bytes, 'buffer'), hash('sha256', other.#bytes, 'buffer')); }
}
export const createSecretKey = (key, encoding) => new KeyObject('secret', bytesOf(key, encoding, 'key'));

export function timingSafeEqual(a, b) {
  const first = bytesOf(a, undefined, 'buf1');
  const second = bytesOf(b, undefined, 'buf2');
  if (first.length !== second.length) throw rangeError('ERR_CRYPTO_TIMING_SAFE_EQUAL_LENGTH', 'Input buffers must have the same byte length');
  let difference = 0;
  for (let i = 0; i < first.length; i++) difference |= first[i] ^ second[i];
  return difference === 0;
}

const MOST_AT_ONCE = 65_536;

function fillRandom(bytes) {
  for (let at = 0; at < bytes.length; at += MOST_AT_ONCE) webcrypto.getRandomValues(bytes.subarray(at, at + MOST_AT_ONCE));
  return bytes;
}

/** Calls back with what the function returns, or throws, later; without a callback it is what this returns. */
function answer(callback, make) {
  if (callback === undefined) return make();
  requireFunction(callback, 'callback');
  let result;
  try {
    result = make();
  } catch (error) {
    process.nextTick(callback, error);
    return undefined;
  }
  process.nextTick(callback, null, result);
  return undefined;
}

function sizeOf(size, name = 'size') {
  if (typeof size !== 'number') throw invalidArgument(name, 'of type number', size);
  if (!(size >= 0 && size <= 2_147_483_647)) throw rangeError('ERR_OUT_OF_RANGE', `The value of "${name}" is out of range. It must be >= 0 && <= 2147483647. Received ${size}`);
  return Math.floor(size);
}

export function randomBytes(size, callback) {
  const length = sizeOf(size);
  return answer(callback, () => fillRandom(Buffer.alloc(length)));
}
export { randomBytes as pseudoRandomBytes, randomBytes as rng, randomBytes as prng };
export function randomFillSync(buffer, offset = 0, size = buffer.byteLength - offset * (buffer.BYTES_PER_ELEMENT ?? 1)) {
  const unit = buffer.BYTES_PER_ELEMENT ?? 1;
  const bytes = bytesOf(buffer, undefined, 'buffer');
  fillRandom(bytes.subarray(offset * unit, offset * unit + size * (size === buffer.byteLength - offset * unit ? 1 : unit)));
  return buffer;
}
export function randomFill(buffer, ...rest) {
  const callback = rest.pop();
  answer(callback, () => randomFillSync(buffer, ...rest));
}
export const randomUUID = () => webcrypto.randomUUID();
export const getRandomValues = (view) => webcrypto.getRandomValues(view);

const LARGEST_RANGE = 2 ** 48;

export function randomInt(first, second, third) {
  const [low, high, callback] = typeof second === 'number' ? [first, second, third] : [0, first, second];
  for (const [name, value] of [['min', low], ['max', high]]) if (!Number.isSafeInteger(value)) throw invalidArgument(name, 'a safe integer', value);
  const range = high - low;
  if (!(range > 0 && range < LARGEST_RANGE)) throw rangeError('ERR_OUT_OF_RANGE', `The value of "max" is out of range. It must be greater than the value of "min" (${low}). Received ${high}`);
  const limit = LARGEST_RANGE - LARGEST_RANGE % range;
  return answer(callback, () => {
    for (;;) {
      const value = randomBytes(6).readUIntBE(0, 6);
      if (value < limit) return low + value % range;
    }
  });
}

export const pbkdf2Sync = (password, salt, iterations, length, digest) => encoded(pbkdf2Of(hashOf(digest), bytesOf(password, 'utf8', 'password'), bytesOf(salt, 'utf8', 'salt'), { c: iterations, dkLen: sizeOf(length, 'keylen') }));
export const pbkdf2 = (password, salt, iterations, length, digest, callback) => { answer(callback, () => pbkdf2Sync(password, salt, iterations, length, digest)); };

export function scryptSync(password, salt, length, options = {}) {
  const { N = options.cost ?? 16_384, r = options.blockSize ?? 8, p = options.parallelization ?? 1, maxmem = 32 * 1024 * 1024 } = options;
  if (128 * N * r > maxmem) throw rangeError('ERR_CRYPTO_INVALID_SCRYPT_PARAMS', 'Invalid scrypt params: memory limit exceeded');
  return encoded(scryptOf(bytesOf(password, 'utf8', 'password'), bytesOf(salt, 'utf8', 'salt'), { N, r, p, dkLen: sizeOf(length, 'keylen'), maxmem: maxmem * 2 }));
}
export function scrypt(password, salt, length, ...rest) {
  const callback = rest.pop();
  answer(callback, () => scryptSync(password, salt, length, ...rest));
}
/** As an ArrayBuffer, which is what Node returns. */
export function hkdfSync(digest, key, salt, info, length) {
  const derived = hkdfOf(hashOf(digest), bytesOf(key, 'utf8', 'ikm'), bytesOf(salt, 'utf8', 'salt'), bytesOf(info, 'utf8', 'info'), sizeOf(length, 'keylen'));
  return derived.buffer.slice(derived.byteOffset, derived.byteOffset + derived.byteLength);
}
export const hkdf = (digest, key, salt, info, length, callback) => { answer(callback, () => hkdfSync(digest, key, salt, info, length)); };

const absent = 'use crypto.subtle';
export const {
  createCipheriv, createDecipheriv, createSign, createVerify, sign, verify, createPublicKey, createPrivateKey, generateKey, generateKeySync, generateKeyPair, generateKeyPairSync, publicEncrypt, privateDecrypt, privateEncrypt, publicDecrypt, createDiffieHellman,
  createDiffieHellmanGroup, getDiffieHellman, createECDH, diffieHellman, checkPrime, checkPrimeSync, generatePrime, generatePrimeSync, getCipherInfo, Sign, Verify, Cipheriv, Decipheriv, ECDH, DiffieHellman, X509Certificate, Certificate,
  secureHeapUsed, setEngine, setFips,
} = allNotImplemented('crypto', 'createCipheriv createDecipheriv createSign createVerify sign verify createPublicKey createPrivateKey generateKey generateKeySync generateKeyPair generateKeyPairSync publicEncrypt privateDecrypt privateEncrypt publicDecrypt '
  + 'createDiffieHellman createDiffieHellmanGroup getDiffieHellman createECDH diffieHellman checkPrime checkPrimeSync generatePrime generatePrimeSync getCipherInfo Sign Verify Cipheriv Decipheriv ECDH DiffieHellman X509Certificate Certificate secureHeapUsed setEngine setFips', absent);

export default {
  webcrypto, subtle, constants, Hash, Hmac, createHash, createHmac, hash, getHashes, getCiphers, getCurves, getFips, KeyObject, createSecretKey, timingSafeEqual, randomBytes, pseudoRandomBytes: randomBytes, rng: randomBytes, prng: randomBytes, randomFillSync,
  randomFill, randomUUID, getRandomValues, randomInt, pbkdf2Sync, pbkdf2, scryptSync, scrypt, hkdfSync, hkdf, createCipheriv, createDecipheriv, createSign, createVerify, sign, verify, createPublicKey, createPrivateKey, generateKey, generateKeySync,
  generateKeyPair, generateKeyPairSync, publicEncrypt, privateDecrypt, privateEncrypt, publicDecrypt, createDiffieHellman, createDiffieHellmanGroup, getDiffieHellman, createECDH, diffieHellman, checkPrime, checkPrimeSync, generatePrime, generatePrimeSync,
  getCipherInfo, Sign, Verify, Cipheriv, Decipheriv, ECDH, DiffieHellman, X509Certificate, Certificate, secureHeapUsed, setEngine, setFips,
};
