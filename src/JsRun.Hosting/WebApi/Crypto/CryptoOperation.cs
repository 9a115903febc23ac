namespace JsRun.WebApi.Crypto;

/// <summary>What <c>crypto.subtle</c> asks of the host. Mirrors <c>JavaScript/src/web/crypto/numbers.ts</c>, which documents the arguments.</summary>
internal enum CryptoOperation
{
    Digest = 0,
    Sign = 1,
    Verify = 2,
    Encrypt = 3,
    Decrypt = 4,
    DeriveBits = 5,
    Generate = 6,
    Import = 7,
    Export = 8,
}
