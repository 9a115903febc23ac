using System.Formats.Asn1;
using System.Security.Cryptography;

namespace JsRun.WebApi.Crypto;

/// <summary>Keys of Ed25519 and X25519 as bytes: RFC 8410, and the members of a JSON Web Key (RFC 8037: x, then d for a private one).</summary>
internal static class OkpEncoding
{
    private const string SigningOid = "1.3.101.112";
    private const string AgreementOid = "1.3.101.110";

    public static OkpMaterial Read(CryptoRequest request)
    {
        var signs = request.Algorithm == CryptoAlgorithm.Ed25519;
        switch (request.Format)
        {
            case CryptoKeyFormat.Raw:
                return new OkpMaterial(signs, Exact(request.Section(0)), null);
            case CryptoKeyFormat.Spki:
                return new OkpMaterial(signs, Exact(Inside(signs, KeyInfo.ReadPublic(request.Sections[0])).Span), null);
            case CryptoKeyFormat.Pkcs8:
                var inside = Inside(signs, KeyInfo.ReadPrivate(request.Sections[0]));
                var secret = AsnDecoder.ReadOctetString(inside.Span, AsnEncodingRules.DER, out var read);
                return read == inside.Length ? OkpMaterial.FromSecret(signs, Exact(secret)) : throw CryptoException.Invalid("Something follows the private key");
            default:
                return ReadMembers(signs, request);
        }
    }

    public static byte[] Write(bool signs, OkpMaterial key, CryptoKeyFormat format) => format switch
    {
        CryptoKeyFormat.Raw => [.. key.PublicKey],
        CryptoKeyFormat.Spki => KeyInfo.WritePublic(OidOf(signs), null, key.PublicKey),
        CryptoKeyFormat.Pkcs8 => KeyInfo.WritePrivate(OidOf(signs), null, WriteOctets(key.Secret)),
        _ when key.IsPrivate => ByteFrame.Write(key.PublicKey, key.Secret),
        _ => ByteFrame.Write(key.PublicKey),
    };

    private static string OidOf(bool signs) => signs ? SigningOid : AgreementOid;

    private static OkpMaterial ReadMembers(bool signs, CryptoRequest request)
    {
        var publicKey = Exact(request.Section(0));
        if (request.Sections.Count == 1)
        {
            return new OkpMaterial(signs, publicKey, null);
        }

        var key = OkpMaterial.FromSecret(signs, Exact(request.Section(1)));
        return CryptographicOperations.FixedTimeEquals(key.PublicKey, publicKey) ? key : throw CryptoException.Invalid("The public key does not belong to the private key");
    }

    private static ReadOnlyMemory<byte> Inside(bool signs, KeyInfo info) => info.Algorithm == OidOf(signs) && info.Parameters.IsEmpty
        ? info.Key
        : throw CryptoException.Invalid($"The key is not a key of {(signs ? "Ed25519" : "X25519")}");

    private static byte[] Exact(ReadOnlySpan<byte> bytes) =>
        bytes.Length == OkpMaterial.Size ? bytes.ToArray() : throw CryptoException.Invalid($"The key has {OkpMaterial.Size} bytes, not {bytes.Length}");

    private static byte[] WriteOctets(byte[] bytes)
    {
        var writer = new AsnWriter(AsnEncodingRules.DER);
        writer.WriteOctetString(bytes);
        return writer.Encode();
    }
}
