namespace JsRun.WebApi.Crypto;

/// <summary>Hash functions by their numbers. Mirrors <c>JavaScript/src/web/crypto/numbers.ts</c>.</summary>
internal enum CryptoHash
{
    None = 0,
    Sha1 = 1,
    Sha256 = 2,
    Sha384 = 3,
    Sha512 = 4,
}
