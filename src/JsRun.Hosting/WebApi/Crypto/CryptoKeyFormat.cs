namespace JsRun.WebApi.Crypto;

/// <summary>The format of a key. Mirrors <c>JavaScript/src/web/crypto/numbers.ts</c>. A JSON Web Key crosses as the list of its members' bytes.</summary>
internal enum CryptoKeyFormat
{
    Raw = 0,
    Spki = 1,
    Pkcs8 = 2,
    Jwk = 3,
}
