using Org.BouncyCastle.Math.EC.Rfc7748;
using Org.BouncyCastle.Math.EC.Rfc8032;

namespace JsRun.WebApi.Crypto;

/// <summary>Ed25519, Ed448, X25519 and X448. The second section of a signature's request is its context, which only Ed448 has.</summary>
internal static class OkpCipher
{
    public static byte[] Sign(CryptoRequest request)
    {
        var key = request.KeyAs<OkpMaterial>();
        var data = request.Section(0).ToArray();
        if (request.Algorithm == CryptoAlgorithm.Ed448)
        {
            var signature448 = new byte[Ed448.SignatureSize];
            Ed448.Sign(key.Secret, 0, key.PublicKey, 0, request.Section(1).ToArray(), data, 0, data.Length, signature448, 0);
            return signature448;
        }

        var signature = new byte[Ed25519.SignatureSize];
        Ed25519.Sign(key.Secret, 0, key.PublicKey, 0, null, data, 0, data.Length, signature, 0);
        return signature;
    }

    public static bool Verify(CryptoRequest request)
    {
        var key = request.KeyAs<OkpMaterial>();
        var signature = request.Section(1).ToArray();
        var data = request.Section(0).ToArray();
        return request.Algorithm == CryptoAlgorithm.Ed448 ? Verify448(key, signature, request.Section(2).ToArray(), data) : Verify25519(key, signature, data);
    }

    public static byte[] Agree(CryptoRequest request)
    {
        var (mine, theirs) = (request.KeyAs<OkpMaterial>(), request.OtherAs<OkpMaterial>());
        var secret = new byte[mine.Curve.Size];
        var agreed = request.Algorithm == CryptoAlgorithm.X448
            ? X448.CalculateAgreement(mine.Secret, 0, theirs.PublicKey, 0, secret, 0)
            : X25519.CalculateAgreement(mine.Secret, 0, theirs.PublicKey, 0, secret, 0);
        // A point of small order gives zeros, which would be no secret (RFC 7748, 6).
        return agreed ? secret : throw CryptoException.Failed("The public key gives no secret");
    }

    public static CryptoResult Generate(CryptoRequest request)
    {
        var key = OkpCurve.Of(request.Algorithm).Generate();
        return CryptoResult.Of(key.ToPublic(), key);
    }

    private static bool Verify25519(OkpMaterial key, byte[] signature, byte[] data)
    {
        if (signature.Length != Ed25519.SignatureSize || !Ed25519.Verify(signature, 0, key.PublicKey, 0, data, 0, data.Length))
        {
            return false;
        }

        // Bouncy Castle's equation is multiplied by the cofactor, Web Cryptography's is not: they differ only where a point is not of prime order.
        return (key.IsOfPrimeOrder && Ed25519.ValidatePublicKeyFull(signature, 0)) || EdwardsPoint.Verify(signature, key.PublicKey, data);
    }

    // Points that are not of prime order, of which no honest signature consists, are not told apart further.
    private static bool Verify448(OkpMaterial key, byte[] signature, byte[] context, byte[] data) =>
        signature.Length == Ed448.SignatureSize
        && Ed448.ValidatePublicKeyFull(key.PublicKey, 0)
        && Ed448.ValidatePublicKeyFull(signature, 0)
        && Ed448.Verify(signature, 0, key.PublicKey, 0, context, data, 0, data.Length);
}
