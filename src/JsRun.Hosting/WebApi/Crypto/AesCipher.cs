using System.Security.Cryptography;
using Org.BouncyCastle.Crypto.Engines;
using Org.BouncyCastle.Crypto.Modes;
using Org.BouncyCastle.Crypto.Parameters;

namespace JsRun.WebApi.Crypto;

/// <summary>AES in the modes of Web Cryptography.</summary>
internal static class AesCipher
{
    // What the platform's AES-GCM takes; everything else goes to Bouncy Castle's.
    private const int PlatformNonce = 12;
    private const int LeastPlatformTag = 12;

    public static byte[] Encrypt(CryptoRequest request)
    {
        var key = request.KeyAs<SecretMaterial>().Bytes;
        var data = request.Section(2);
        switch (request.Algorithm)
        {
            case CryptoAlgorithm.AesCbc:
                using (var aes = Create(key))
                {
                    return aes.EncryptCbc(data, request.Section(0));
                }

            case CryptoAlgorithm.AesCtr:
                return AesCounter.Transform(key, request.Section(0), (int)request.Number, data);
            case CryptoAlgorithm.AesKw:
                return new AesWrapEngine().Wrapping(key, wrap: true).Wrap(data.ToArray(), 0, data.Length);
            default:
                return EncryptGcm(key, request.Section(0), request.Section(1), (int)request.Number / 8, data);
        }
    }

    public static byte[] Decrypt(CryptoRequest request)
    {
        var key = request.KeyAs<SecretMaterial>().Bytes;
        var data = request.Section(2);
        switch (request.Algorithm)
        {
            case CryptoAlgorithm.AesCbc:
                using (var aes = Create(key))
                {
                    return aes.DecryptCbc(data, request.Section(0));
                }

            case CryptoAlgorithm.AesCtr:
                return AesCounter.Transform(key, request.Section(0), (int)request.Number, data);
            case CryptoAlgorithm.AesKw:
                return new AesWrapEngine().Wrapping(key, wrap: false).Unwrap(data.ToArray(), 0, data.Length);
            default:
                return DecryptGcm(key, request.Section(0), request.Section(1), (int)request.Number / 8, data);
        }
    }

    private static Aes Create(byte[] key)
    {
        var aes = Aes.Create();
        aes.Key = key;
        return aes;
    }

    private static AesWrapEngine Wrapping(this AesWrapEngine engine, byte[] key, bool wrap)
    {
        engine.Init(wrap, new KeyParameter(key));
        return engine;
    }

    /// <summary>Returns whether the platform's AES-GCM takes this initialisation vector and this length of a tag.</summary>
    public static bool FitsPlatform(ReadOnlySpan<byte> nonce, int tagSize) => AesGcm.IsSupported && nonce.Length == PlatformNonce && tagSize >= LeastPlatformTag;

    private static byte[] EncryptGcm(byte[] key, ReadOnlySpan<byte> nonce, ReadOnlySpan<byte> associated, int tagSize, ReadOnlySpan<byte> data)
    {
        if (!FitsPlatform(nonce, tagSize))
        {
            return TransformGcm(encrypt: true, key, nonce, associated, tagSize, data);
        }

        var result = new byte[data.Length + tagSize];
        using var gcm = new AesGcm(key, tagSize);
        gcm.Encrypt(nonce, data, result.AsSpan(0, data.Length), result.AsSpan(data.Length), associated);
        return result;
    }

    private static byte[] DecryptGcm(byte[] key, ReadOnlySpan<byte> nonce, ReadOnlySpan<byte> associated, int tagSize, ReadOnlySpan<byte> data)
    {
        if (!FitsPlatform(nonce, tagSize))
        {
            return TransformGcm(encrypt: false, key, nonce, associated, tagSize, data);
        }

        var size = data.Length - tagSize;
        var result = new byte[size];
        using var gcm = new AesGcm(key, tagSize);
        gcm.Decrypt(nonce, data[..size], data[size..], result, associated);
        return result;
    }

    private static byte[] TransformGcm(bool encrypt, byte[] key, ReadOnlySpan<byte> nonce, ReadOnlySpan<byte> associated, int tagSize, ReadOnlySpan<byte> data)
    {
        var gcm = new GcmBlockCipher(new AesEngine());
        gcm.Init(encrypt, new AeadParameters(new KeyParameter(key), tagSize * 8, nonce.ToArray(), associated.ToArray()));
        var result = new byte[gcm.GetOutputSize(data.Length)];
        var written = gcm.ProcessBytes(data, result);
        gcm.DoFinal(result.AsSpan(written));
        return result;
    }
}
