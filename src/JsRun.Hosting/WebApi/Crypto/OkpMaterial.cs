using System.Security.Cryptography;
using Org.BouncyCastle.Math.EC.Rfc8032;

namespace JsRun.WebApi.Crypto;

/// <summary>A key of Ed25519, Ed448, X25519 or X448, which the platform lacks.</summary>
internal sealed class OkpMaterial : KeyMaterial
{
    private readonly byte[]? _secret;
    private readonly Lazy<bool> _isOfPrimeOrder;

    public OkpMaterial(OkpCurve curve, byte[] publicKey, byte[]? secret)
    {
        Curve = curve;
        PublicKey = publicKey;
        _secret = secret;
        _isOfPrimeOrder = new Lazy<bool>(() => Ed25519.ValidatePublicKeyFull(publicKey, 0));
    }

    public OkpCurve Curve { get; }

    public byte[] PublicKey { get; }

    public byte[] Secret => _secret ?? throw CryptoException.Failed("The key is not private");

    public bool IsPrivate => _secret is not null;

    /// <summary>For Ed25519: whether the point is of the group's prime order, as that of every key that was made as it should be.</summary>
    public bool IsOfPrimeOrder => _isOfPrimeOrder.Value;

    public OkpMaterial ToPublic() => new(Curve, PublicKey, null);

    public override byte[] Export(CryptoKeyFormat format) => OkpEncoding.Write(this, format);

    public override void Dispose() => CryptographicOperations.ZeroMemory(_secret);
}
