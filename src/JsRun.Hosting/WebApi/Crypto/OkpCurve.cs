using System.Security.Cryptography;
using Org.BouncyCastle.Math.EC.Rfc7748;
using Org.BouncyCastle.Math.EC.Rfc8032;

namespace JsRun.WebApi.Crypto;

/// <summary>A curve of RFC 8032 (for signatures) or RFC 7748 (for agreement), with its number of bytes and its name in RFC 8410.</summary>
internal sealed record OkpCurve(string Name, string Oid, int Size, Action<byte[], byte[]> DerivePublicKey)
{
    private static readonly OkpCurve Ed25519Curve = new("Ed25519", "1.3.101.112", Ed25519.PublicKeySize, static (secret, key) => Ed25519.GeneratePublicKey(secret, 0, key, 0));
    private static readonly OkpCurve Ed448Curve = new("Ed448", "1.3.101.113", Ed448.PublicKeySize, static (secret, key) => Ed448.GeneratePublicKey(secret, 0, key, 0));
    private static readonly OkpCurve X25519Curve = new("X25519", "1.3.101.110", X25519.PointSize, static (secret, key) => X25519.GeneratePublicKey(secret, 0, key, 0));
    private static readonly OkpCurve X448Curve = new("X448", "1.3.101.111", X448.PointSize, static (secret, key) => X448.GeneratePublicKey(secret, 0, key, 0));

    public static OkpCurve Of(CryptoAlgorithm algorithm) => algorithm switch
    {
        CryptoAlgorithm.Ed25519 => Ed25519Curve,
        CryptoAlgorithm.Ed448 => Ed448Curve,
        CryptoAlgorithm.X25519 => X25519Curve,
        CryptoAlgorithm.X448 => X448Curve,
        _ => throw new ArgumentOutOfRangeException(nameof(algorithm)),
    };

    public OkpMaterial Generate() => FromSecret(RandomNumberGenerator.GetBytes(Size));

    public OkpMaterial FromSecret(byte[] secret)
    {
        var publicKey = new byte[Size];
        DerivePublicKey(secret, publicKey);
        return new OkpMaterial(this, publicKey, secret);
    }
}
