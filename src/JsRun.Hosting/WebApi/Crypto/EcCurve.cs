using System.Security.Cryptography;
using Org.BouncyCastle.Asn1.Nist;

namespace JsRun.WebApi.Crypto;

/// <summary>A curve of NIST's (FIPS 186-5).</summary>
internal sealed class EcCurve
{
    private static readonly EcCurve[] All = [new(256, "1.2.840.10045.3.1.7"), new(384, "1.3.132.0.34"), new(521, "1.3.132.0.35")];

    private readonly Lazy<Org.BouncyCastle.Math.EC.ECCurve> _portable;

    private EcCurve(int bits, string oid)
    {
        Bits = bits;
        Oid = oid;
        Platform = ECCurve.CreateFromValue(oid);
        _portable = new(() => NistNamedCurves.GetByName($"P-{bits}").Curve);
    }

    public int Bits { get; }

    /// <summary>Bytes of a coordinate.</summary>
    public int Size => (Bits + 7) / 8;

    public string Oid { get; }

    public ECCurve Platform { get; }

    public static EcCurve Of(long bits) => All.First(c => c.Bits == bits);

    /// <summary>A point from its encoding, compressed or not (SEC 1, 2.3.4).</summary>
    public ECPoint Decode(ReadOnlySpan<byte> encoded)
    {
        if (encoded.Length == 1 + (2 * Size) && encoded[0] == 4)
        {
            return new ECPoint { X = encoded[1..(1 + Size)].ToArray(), Y = encoded[(1 + Size)..].ToArray() };
        }

        if (encoded.Length != 1 + Size || encoded[0] is not (2 or 3))
        {
            throw CryptoException.Invalid($"The public key is not a point on P-{Bits}");
        }

        var point = _portable.Value.DecodePoint(encoded).Normalize();
        return new ECPoint { X = point.AffineXCoord.GetEncoded(), Y = point.AffineYCoord.GetEncoded() };
    }

    public static byte[] Encode(ECPoint point) => [4, .. point.X!, .. point.Y!];
}
