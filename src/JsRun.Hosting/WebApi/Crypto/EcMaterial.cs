using System.Security.Cryptography;

namespace JsRun.WebApi.Crypto;

/// <summary>A key on a curve of NIST's, public or private.</summary>
internal sealed class EcMaterial : KeyMaterial
{
    private readonly ECParameters _parameters;

    public EcMaterial(EcCurve curve, ECParameters parameters)
    {
        Curve = curve;
        _parameters = parameters;
        Signing = new Lender<ECDsa>(() => ECDsa.Create(_parameters));
        Agreement = new Lender<ECDiffieHellman>(() => ECDiffieHellman.Create(_parameters));
    }

    public EcCurve Curve { get; }

    public Lender<ECDsa> Signing { get; }

    public Lender<ECDiffieHellman> Agreement { get; }

    public EcMaterial ToPublic() => new(Curve, _parameters with { D = null });

    public override byte[] Export(CryptoKeyFormat format) => EcEncoding.Write(Curve, _parameters, format);

    public override void Dispose()
    {
        Signing.Dispose();
        Agreement.Dispose();
        CryptographicOperations.ZeroMemory(_parameters.D);
    }
}
