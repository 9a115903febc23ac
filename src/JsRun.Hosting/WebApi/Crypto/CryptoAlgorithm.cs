namespace JsRun.WebApi.Crypto;

/// <summary>Algorithms by their numbers. Mirrors <c>JavaScript/src/web/crypto/numbers.ts</c>.</summary>
internal enum CryptoAlgorithm
{
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
