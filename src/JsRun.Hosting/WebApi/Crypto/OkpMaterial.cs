using System.Security.Cryptography;
using Org.BouncyCastle.Math.EC.Rfc7748;
using Org.BouncyCastle.Math.EC.Rfc8032;

namespace JsRun.WebApi.Crypto;

/// <summary>A key of Ed25519 or X25519 (RFC 8032, 7748), which the platform lacks.</summary>
internal sealed class OkpMaterial(bool signs, byte[] publicKey, byte[]? secret) : KeyMaterial
{
    public const int Size = 32;

    private readonly Lazy<bool> _isOfPrimeOrder = new(() => Ed25519.ValidatePublicKeyFull(publicKey, 0));

    public byte[] PublicKey { get; } = publicKey;

    public byte[] Secret => secret ?? throw CryptoException.Failed("The key is not private");

    public bool IsPrivate => secret is not null;

    /// <summary>Whether the point is of the group's prime order, as that of every key that was made as it should be.</summary>
    public bool IsOfPrimeOrder => _isOfPrimeOrder.Value;

    public static OkpMaterial FromSecret(bool signs, byte[] secret)
    {
        var publicKey = new byte[Size];
        if (signs)
        {
            Ed25519.GeneratePublicKey(secret, 0, publicKey, 0);
        }
        else
        {
            X25519.GeneratePublicKey(secret, 0, publicKey, 0);
        }

        return new OkpMaterial(signs, publicKey, secret);
    }

    public OkpMaterial ToPublic() => new(signs, PublicKey, null);

    public override byte[] Export(CryptoKeyFormat format) => OkpEncoding.Write(signs, this, format);

    public override void Dispose() => CryptographicOperations.ZeroMemory(secret);
}
