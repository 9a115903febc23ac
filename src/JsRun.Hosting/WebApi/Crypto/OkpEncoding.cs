using System.Formats.Asn1;
using System.Security.Cryptography;

namespace JsRun.WebApi.Crypto;

/// <summary>Keys of Ed25519, Ed448, X25519 and X448 as bytes: RFC 8410, and the members of a JSON Web Key (RFC 8037: x, then d for a private one).</summary>
internal static class OkpEncoding
{
    public static OkpMaterial Read(CryptoRequest request)
    {
        var curve = OkpCurve.Of(request.Algorithm);
        switch (request.Format)
        {
            case CryptoKeyFormat.Raw:
                return new OkpMaterial(curve, Exact(curve, request.Section(0)), null);
            case CryptoKeyFormat.Spki:
                return new OkpMaterial(curve, Exact(curve, Inside(curve, KeyInfo.ReadPublic(request.Sections[0])).Span), null);
            case CryptoKeyFormat.Pkcs8:
                var inside = Inside(curve, KeyInfo.ReadPrivate(request.Sections[0]));
                var secret = AsnDecoder.ReadOctetString(inside.Span, AsnEncodingRules.DER, out var read);
                return read == inside.Length ? curve.FromSecret(Exact(curve, secret)) : throw CryptoException.Invalid("Something follows the private key");
            default:
                return ReadMembers(curve, request);
        }
    }

    public static byte[] Write(OkpMaterial key, CryptoKeyFormat format) => format switch
    {
        CryptoKeyFormat.Raw => [.. key.PublicKey],
        CryptoKeyFormat.Spki => KeyInfo.WritePublic(key.Curve.Oid, null, key.PublicKey),
        CryptoKeyFormat.Pkcs8 => KeyInfo.WritePrivate(key.Curve.Oid, null, WriteOctets(key.Secret)),
        _ when key.IsPrivate => ByteFrame.Write(key.PublicKey, key.Secret),
        _ => ByteFrame.Write(key.PublicKey),
    };

    private static OkpMaterial ReadMembers(OkpCurve curve, CryptoRequest request)
    {
        var publicKey = Exact(curve, request.Section(0));
        if (request.Sections.Count == 1)
        {
            return new OkpMaterial(curve, publicKey, null);
        }

        var key = curve.FromSecret(Exact(curve, request.Section(1)));
        return CryptographicOperations.FixedTimeEquals(key.PublicKey, publicKey) ? key : throw CryptoException.Invalid("The public key does not belong to the private key");
    }

    private static ReadOnlyMemory<byte> Inside(OkpCurve curve, KeyInfo info) => info.Algorithm == curve.Oid && info.Parameters.IsEmpty
        ? info.Key
        : throw CryptoException.Invalid($"The key is not a key of {curve.Name}");

    private static byte[] Exact(OkpCurve curve, ReadOnlySpan<byte> bytes) =>
        bytes.Length == curve.Size ? bytes.ToArray() : throw CryptoException.Invalid($"A key of {curve.Name} has {curve.Size} bytes, not {bytes.Length}");

    private static byte[] WriteOctets(byte[] bytes)
    {
        var writer = new AsnWriter(AsnEncodingRules.DER);
        writer.WriteOctetString(bytes);
        return writer.Encode();
    }
}
