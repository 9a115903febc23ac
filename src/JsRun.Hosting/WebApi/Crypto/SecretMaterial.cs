using System.Security.Cryptography;

namespace JsRun.WebApi.Crypto;

/// <summary>A symmetric key, a password or the input of a derivation.</summary>
internal sealed class SecretMaterial(byte[] bytes) : KeyMaterial
{
    public byte[] Bytes { get; } = bytes;

    /// <summary>A random key. Bits beyond its length are zero.</summary>
    public static SecretMaterial Generate(long bits)
    {
        var bytes = RandomNumberGenerator.GetBytes((int)((bits + 7) / 8));
        if (bits % 8 != 0)
        {
            bytes[^1] &= (byte)(0xff << (int)(8 - (bits % 8)));
        }

        return new SecretMaterial(bytes);
    }

    public override byte[] Export(CryptoKeyFormat format) => format == CryptoKeyFormat.Jwk ? ByteFrame.Write(Bytes) : [.. Bytes];

    public override void Dispose() => CryptographicOperations.ZeroMemory(Bytes);
}
