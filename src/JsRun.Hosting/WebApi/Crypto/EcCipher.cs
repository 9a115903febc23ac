using System.Security.Cryptography;

namespace JsRun.WebApi.Crypto;

/// <summary>ECDSA and ECDH.</summary>
internal static class EcCipher
{
    public static byte[] Sign(CryptoRequest request) =>
        request.KeyAs<EcMaterial>().Signing.Use(request, static (ec, r) => ec.SignData(r.Section(0), Hashing.NameOf(r.Hash), DSASignatureFormat.IeeeP1363FixedFieldConcatenation));

    public static bool Verify(CryptoRequest request) =>
        request.KeyAs<EcMaterial>().Signing.Use(request, static (ec, r) => ec.VerifyData(r.Section(0), r.Section(1), Hashing.NameOf(r.Hash), DSASignatureFormat.IeeeP1363FixedFieldConcatenation));

    public static byte[] Agree(CryptoRequest request) => request.KeyAs<EcMaterial>().Agreement.Use(request.OtherAs<EcMaterial>(), static (mine, other) =>
        other.Agreement.Use(mine, static (theirs, mine) =>
        {
            using var publicKey = theirs.PublicKey;
            return mine.DeriveRawSecretAgreement(publicKey);
        }));

    public static CryptoResult Generate(CryptoRequest request)
    {
        var curve = EcCurve.Of(request.Number);
        using var ec = ECDsa.Create(curve.Platform);
        var key = new EcMaterial(curve, ec.ExportParameters(includePrivateParameters: true));
        return CryptoResult.Of(key.ToPublic(), key);
    }
}
