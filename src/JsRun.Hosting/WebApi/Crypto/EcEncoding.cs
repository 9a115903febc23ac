using System.Formats.Asn1;
using System.Security.Cryptography;

namespace JsRun.WebApi.Crypto;

/// <summary>Keys on curves as bytes: RFC 5480 and 5915, SEC 1's points, and the members of a JSON Web Key (x, y, then d for a private one).</summary>
internal static class EcEncoding
{
    private const string Oid = "1.2.840.10045.2.1";
    private static readonly Asn1Tag ParametersTag = new(TagClass.ContextSpecific, 0);
    private static readonly Asn1Tag PublicTag = new(TagClass.ContextSpecific, 1);

    public static EcMaterial Read(CryptoRequest request)
    {
        var curve = EcCurve.Of(request.Number);
        var parameters = request.Format switch
        {
            CryptoKeyFormat.Raw => Public(curve, curve.Decode(request.Section(0))),
            CryptoKeyFormat.Spki => Public(curve, curve.Decode(Inside(curve, KeyInfo.ReadPublic(request.Sections[0])).Span)),
            CryptoKeyFormat.Pkcs8 => ReadPrivate(curve, Inside(curve, KeyInfo.ReadPrivate(request.Sections[0]))),
            _ => ReadMembers(curve, request),
        };
        // The platform says whether the point is on the curve and whether it belongs to the private key; where there is none it computes it.
        using var key = ECDsa.Create(parameters);
        return new EcMaterial(curve, key.ExportParameters(parameters.D is not null));
    }

    public static byte[] Write(EcCurve curve, ECParameters parameters, CryptoKeyFormat format)
    {
        var point = EcCurve.Encode(parameters.Q);
        return format switch
        {
            CryptoKeyFormat.Raw => point,
            CryptoKeyFormat.Spki => KeyInfo.WritePublic(Oid, w => w.WriteObjectIdentifier(curve.Oid), point),
            CryptoKeyFormat.Pkcs8 => KeyInfo.WritePrivate(Oid, w => w.WriteObjectIdentifier(curve.Oid), WritePrivate(parameters.D!, point)),
            _ when parameters.D is null => ByteFrame.Write(parameters.Q.X, parameters.Q.Y),
            _ => ByteFrame.Write(parameters.Q.X, parameters.Q.Y, parameters.D),
        };
    }

    private static ECParameters Public(EcCurve curve, ECPoint point) => new() { Curve = curve.Platform, Q = point };

    private static ReadOnlyMemory<byte> Inside(EcCurve curve, KeyInfo info) =>
        info.Algorithm == Oid && info.Curve == curve.Oid ? info.Key : throw CryptoException.Invalid($"The key is not a key on P-{curve.Bits}");

    private static ECParameters ReadPrivate(EcCurve curve, ReadOnlyMemory<byte> der)
    {
        var reader = new AsnReader(der, AsnEncodingRules.DER);
        var sequence = reader.ReadSequence();
        reader.ThrowIfNotEmpty();
        if (!sequence.TryReadInt32(out var version) || version != 1)
        {
            throw CryptoException.Invalid("The private key's version is not known");
        }

        var parameters = new ECParameters { Curve = curve.Platform, D = Exact(curve, sequence.ReadOctetString()) };
        if (sequence.HasData && sequence.PeekTag().HasSameClassAndValue(ParametersTag))
        {
            var inner = sequence.ReadSequence(ParametersTag);
            if (inner.ReadObjectIdentifier() != curve.Oid)
            {
                throw CryptoException.Invalid($"The key is not a key on P-{curve.Bits}");
            }
        }

        if (sequence.HasData && sequence.PeekTag().HasSameClassAndValue(PublicTag))
        {
            parameters.Q = curve.Decode(sequence.ReadSequence(PublicTag).ReadBitString(out _));
        }

        sequence.ThrowIfNotEmpty();
        return parameters;
    }

    private static ECParameters ReadMembers(EcCurve curve, CryptoRequest request)
    {
        var parameters = Public(curve, new ECPoint { X = Exact(curve, request.Section(0)), Y = Exact(curve, request.Section(1)) });
        if (request.Sections.Count > 2)
        {
            parameters.D = Exact(curve, request.Section(2));
        }

        return parameters;
    }

    private static byte[] Exact(EcCurve curve, ReadOnlySpan<byte> bytes) =>
        bytes.Length == curve.Size ? bytes.ToArray() : throw CryptoException.Invalid($"The members of a key on P-{curve.Bits} have {curve.Size} bytes, not {bytes.Length}");

    private static byte[] WritePrivate(byte[] secret, byte[] point)
    {
        var writer = new AsnWriter(AsnEncodingRules.DER);
        using (writer.PushSequence())
        {
            writer.WriteInteger(1);
            writer.WriteOctetString(secret);
            using (writer.PushSequence(PublicTag))
            {
                writer.WriteBitString(point);
            }
        }

        return writer.Encode();
    }
}
