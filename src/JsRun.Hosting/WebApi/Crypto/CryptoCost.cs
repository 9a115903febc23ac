namespace JsRun.WebApi.Crypto;

/// <summary>What is done at once, on the isolate's thread, and what is worth a thread of the pool: an estimate of what takes longer than some 200 µs.</summary>
internal static class CryptoCost
{
    private const int LargeInput = 128 * 1024;
    // Done without the processor's help.
    private const int LargePortableInput = 16 * 1024;
    private const long ManySteps = 1000;
    private const int QuickCurve = 256;
    private const int QuickModulusBytes = 4096 / 8;

    public static bool IsLong(CryptoRequest request) => request.Operation switch
    {
        CryptoOperation.Generate => request.Algorithm switch
        {
            CryptoAlgorithm.RsaPkcs1 or CryptoAlgorithm.RsaPss or CryptoAlgorithm.RsaOaep => true,
            CryptoAlgorithm.Ecdsa or CryptoAlgorithm.Ecdh => request.Number > QuickCurve,
            _ => false,
        },
        CryptoOperation.Import => request.Algorithm switch
        {
            CryptoAlgorithm.RsaPkcs1 or CryptoAlgorithm.RsaPss or CryptoAlgorithm.RsaOaep => request.Format == CryptoKeyFormat.Pkcs8 || request.Sections.Count > 2,
            CryptoAlgorithm.Ecdsa or CryptoAlgorithm.Ecdh => request.Number > QuickCurve,
            _ => false,
        },
        CryptoOperation.DeriveBits when request.Algorithm == CryptoAlgorithm.Pbkdf2 => KeyDerivation.Steps(request) > ManySteps,
        CryptoOperation.Export => false,
        _ => request.Size > (IsPortable(request) ? LargePortableInput : LargeInput) || request.Key switch
        {
            RsaMaterial rsa => rsa.IsPrivate || rsa.ModulusBytes > QuickModulusBytes || rsa.Exponent.Length > sizeof(int),
            EcMaterial ec => ec.Curve.Bits > QuickCurve,
            _ => false,
        },
    };

    private static bool IsPortable(CryptoRequest request) =>
        request.Algorithm is CryptoAlgorithm.Ed25519 or CryptoAlgorithm.Ed448 or CryptoAlgorithm.AesKw
        || (request.Algorithm == CryptoAlgorithm.AesGcm && !AesCipher.FitsPlatform(request.Section(0), (int)request.Number / 8));
}
