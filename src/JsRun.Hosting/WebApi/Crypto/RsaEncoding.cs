using System.Formats.Asn1;
using System.Security.Cryptography;

namespace JsRun.WebApi.Crypto;

/// <summary>RSA keys as bytes: RFC 8017's structures, and the members of a JSON Web Key (n, e, then d, p, q, dp, dq, qi for a private one).</summary>
internal static class RsaEncoding
{
    private const string Oid = "1.2.840.113549.1.1.1";
    private const int PublicMembers = 2;
    private const int PrivateMembers = 8;
    private const int MostModulusBytes = 16384 / 8;

    public static RsaMaterial Read(CryptoRequest request)
    {
        var parameters = request.Format switch
        {
            CryptoKeyFormat.Spki => ReadSequence(Inside(KeyInfo.ReadPublic(request.Sections[0])), PublicMembers, versioned: false),
            CryptoKeyFormat.Pkcs8 => ReadSequence(Inside(KeyInfo.ReadPrivate(request.Sections[0])), PrivateMembers, versioned: true),
            _ => Parameters([.. request.Sections]),
        };
        var key = new RsaMaterial(parameters);
        // The platform says whether it is a key at all.
        return key.Platform.Use(key, static (_, key) => key);
    }

    public static byte[] Write(RSAParameters p, CryptoKeyFormat format) => format switch
    {
        CryptoKeyFormat.Spki => KeyInfo.WritePublic(Oid, static w => w.WriteNull(), WriteSequence(versioned: false, p.Modulus, p.Exponent)),
        CryptoKeyFormat.Pkcs8 => KeyInfo.WritePrivate(Oid, static w => w.WriteNull(), WriteSequence(versioned: true, p.Modulus, p.Exponent, p.D, p.P, p.Q, p.DP, p.DQ, p.InverseQ)),
        _ when p.D is null => ByteFrame.Write(Trim(p.Modulus!), Trim(p.Exponent!)),
        _ => ByteFrame.Write(Trim(p.Modulus!), Trim(p.Exponent!), Trim(p.D), Trim(p.P!), Trim(p.Q!), Trim(p.DP!), Trim(p.DQ!), Trim(p.InverseQ!)),
    };

    private static ReadOnlyMemory<byte> Inside(KeyInfo info) => info.Algorithm == Oid ? info.Key : throw CryptoException.Invalid("The key is not an RSA key");

    private static RSAParameters ReadSequence(ReadOnlyMemory<byte> der, int members, bool versioned)
    {
        var reader = new AsnReader(der, AsnEncodingRules.DER);
        var sequence = reader.ReadSequence();
        reader.ThrowIfNotEmpty();
        if (versioned && !(sequence.TryReadInt32(out var version) && version == 0))
        {
            throw CryptoException.Invalid("RSA keys of more than two primes are not supported");
        }

        var values = new ReadOnlyMemory<byte>[members];
        for (var i = 0; i < members; i++)
        {
            values[i] = sequence.ReadIntegerBytes();
            if (values[i].Span[0] >= 0x80)
            {
                throw CryptoException.Invalid("A member of the RSA key is negative");
            }
        }

        sequence.ThrowIfNotEmpty();
        return Parameters(values);
    }

    private static RSAParameters Parameters(ReadOnlyMemory<byte>[] values)
    {
        var modulus = Trim(values[0].Span);
        if (modulus.Length is 0 or > MostModulusBytes)
        {
            throw CryptoException.Invalid("The RSA key's modulus has no supported length");
        }

        var half = (modulus.Length + 1) / 2;
        var parameters = new RSAParameters { Modulus = modulus, Exponent = Trim(values[1].Span) };
        return values.Length < PrivateMembers
            ? parameters
            : parameters with
            {
                D = Pad(values[2].Span, modulus.Length),
                P = Pad(values[3].Span, half),
                Q = Pad(values[4].Span, half),
                DP = Pad(values[5].Span, half),
                DQ = Pad(values[6].Span, half),
                InverseQ = Pad(values[7].Span, half),
            };
    }

    private static byte[] WriteSequence(bool versioned, params ReadOnlySpan<byte[]?> values)
    {
        var writer = new AsnWriter(AsnEncodingRules.DER);
        using (writer.PushSequence())
        {
            if (versioned)
            {
                writer.WriteInteger(0);
            }

            foreach (var value in values)
            {
                writer.WriteIntegerUnsigned(Trim(value));
            }
        }

        return writer.Encode();
    }

    private static byte[] Trim(ReadOnlySpan<byte> value)
    {
        var trimmed = value.TrimStart((byte)0);
        return (trimmed.IsEmpty && !value.IsEmpty ? value[..1] : trimmed).ToArray();
    }

    private static byte[] Pad(ReadOnlySpan<byte> value, int size)
    {
        var trimmed = value.TrimStart((byte)0);
        if (trimmed.Length > size)
        {
            throw CryptoException.Invalid("The members of the RSA key do not fit each other");
        }

        var padded = new byte[size];
        trimmed.CopyTo(padded.AsSpan(size - trimmed.Length));
        return padded;
    }
}
