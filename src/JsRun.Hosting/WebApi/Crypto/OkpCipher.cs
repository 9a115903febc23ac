using System.Security.Cryptography;
using Org.BouncyCastle.Math.EC.Rfc7748;
using Org.BouncyCastle.Math.EC.Rfc8032;

namespace JsRun.WebApi.Crypto;

/// <summary>Ed25519 and X25519.</summary>
internal static class OkpCipher
{
    public static byte[] Sign(CryptoRequest request)
    {
        var key = request.KeyAs<OkpMaterial>();
        var data = request.Section(0).ToArray();
        var signature = new byte[Ed25519.SignatureSize];
        Ed25519.Sign(key.Secret, 0, key.PublicKey, 0, null, data, 0, data.Length, signature, 0);
        return signature;
    }

    public static bool Verify(CryptoRequest request)
    {
        var key = request.KeyAs<OkpMaterial>();
        var signature = request.Section(1).ToArray();
        var data = request.Section(0).ToArray();
        if (signature.Length != Ed25519.SignatureSize || !Ed25519.Verify(signature, 0, key.PublicKey, 0, data, 0, data.Length))
        {
            return false;
        }

        // Bouncy Castle's equation is multiplied by the cofactor, Web Cryptography's is not: they differ only where a point is not of prime order.
        return (key.IsOfPrimeOrder && Ed25519.ValidatePublicKeyFull(signature, 0)) || EdwardsPoint.Verify(signature, key.PublicKey, data);
    }

    public static byte[] Agree(CryptoRequest request)
    {
        var secret = new byte[OkpMaterial.Size];
        // A point of small order gives zeros, which would be no secret (RFC 7748, 6.1).
        return X25519.CalculateAgreement(request.KeyAs<OkpMaterial>().Secret, 0, request.OtherAs<OkpMaterial>().PublicKey, 0, secret, 0)
            ? secret
            : throw CryptoException.Failed("The public key gives no secret");
    }

    public static CryptoResult Generate(CryptoRequest request)
    {
        var key = OkpMaterial.FromSecret(request.Algorithm == CryptoAlgorithm.Ed25519, RandomNumberGenerator.GetBytes(OkpMaterial.Size));
        return CryptoResult.Of(key.ToPublic(), key);
    }
}
