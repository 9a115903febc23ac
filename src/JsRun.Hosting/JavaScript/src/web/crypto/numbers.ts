// The numbers of operations, algorithms and formats in the crossing. WebApi/Crypto mirrors them, and a test compares both.

/**
 * Sections of bytes were staged before, each after its length (call.ts). All give bytes; Generate and Import give two keys' numbers first (the second is a private key or 0).
 */
export const enum CryptoOperation {
  /** hash; [data] */
  Digest = 0,
  /** algorithm, key, hash, number: bytes of salt; [data, context] */
  Sign = 1,
  /** as Sign; [data, signature, context] → one byte */
  Verify = 2,
  /** algorithm, key, hash, number: bits of the tag or of the counter; [initialisation vector, counter or label, additional data, data] */
  Encrypt = 3,
  /** as Encrypt */
  Decrypt = 4,
  /** algorithm, key, other: the public key; hash, number: bits, iterations; [salt, info] */
  DeriveBits = 5,
  /** algorithm, number: bits of the key or the curve; [public exponent] → keys, then for RSA the modulus's bits and the public exponent */
  Generate = 6,
  /** algorithm, format, number: bits of the curve; [the encoded key], for a JSON Web Key [its members] → as Generate */
  Import = 7,
  /** key, format → the encoded key, for a JSON Web Key a list of its members */
  Export = 8,
}

export const enum CryptoAlgorithm {
  Digest = 0,
  AesCbc = 1,
  AesCtr = 2,
  AesGcm = 3,
  AesKw = 4,
  Hmac = 5,
  RsaPkcs1 = 6,
  RsaPss = 7,
  RsaOaep = 8,
  Ecdsa = 9,
  Ecdh = 10,
  Ed25519 = 11,
  X25519 = 12,
  Hkdf = 13,
  Pbkdf2 = 14,
  Ed448 = 15,
  X448 = 16,
}

export const enum CryptoHash { None = 0, Sha1 = 1, Sha256 = 2, Sha384 = 3, Sha512 = 4 }
export const enum CryptoKeyFormat { Raw = 0, Spki = 1, Pkcs8 = 2, Jwk = 3 }
