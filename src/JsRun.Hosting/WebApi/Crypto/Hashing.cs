using System.Security.Cryptography;

namespace JsRun.WebApi.Crypto;

/// <summary>Digests and HMAC.</summary>
internal static class Hashing
{
    public static HashAlgorithmName NameOf(CryptoHash hash) => hash switch
    {
        CryptoHash.Sha1 => HashAlgorithmName.SHA1,
        CryptoHash.Sha256 => HashAlgorithmName.SHA256,
        CryptoHash.Sha384 => HashAlgorithmName.SHA384,
        CryptoHash.Sha512 => HashAlgorithmName.SHA512,
        _ => throw new ArgumentOutOfRangeException(nameof(hash)),
    };

    public static int SizeOf(CryptoHash hash) => hash switch
    {
        CryptoHash.Sha1 => SHA1.HashSizeInBytes,
        CryptoHash.Sha256 => SHA256.HashSizeInBytes,
        CryptoHash.Sha384 => SHA384.HashSizeInBytes,
        CryptoHash.Sha512 => SHA512.HashSizeInBytes,
        _ => throw new ArgumentOutOfRangeException(nameof(hash)),
    };

    public static byte[] Digest(CryptoHash hash, ReadOnlySpan<byte> data) => CryptographicOperations.HashData(NameOf(hash), data);

    public static byte[] Authenticate(CryptoHash hash, SecretMaterial key, ReadOnlySpan<byte> data) => CryptographicOperations.HmacData(NameOf(hash), key.Bytes, data);

    public static bool Verify(CryptoHash hash, SecretMaterial key, ReadOnlySpan<byte> signature, ReadOnlySpan<byte> data) =>
        CryptographicOperations.FixedTimeEquals(Authenticate(hash, key, data), signature);
}
