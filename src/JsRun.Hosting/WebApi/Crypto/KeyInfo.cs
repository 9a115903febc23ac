using System.Formats.Asn1;

namespace JsRun.WebApi.Crypto;

/// <summary>SubjectPublicKeyInfo (RFC 5280) and PrivateKeyInfo (RFC 5208, 5958): an algorithm, its parameters and a key inside. Nothing may follow.</summary>
internal readonly record struct KeyInfo(string Algorithm, ReadOnlyMemory<byte> Parameters, ReadOnlyMemory<byte> Key)
{
    private static readonly Asn1Tag Attributes = new(TagClass.ContextSpecific, 0, isConstructed: true);
    private static readonly Asn1Tag PublicKey = new(TagClass.ContextSpecific, 1);

    /// <summary>The parameters, where they must be the name of a curve.</summary>
    public string? Curve => Parameters.IsEmpty ? null : AsnDecoder.ReadObjectIdentifier(Parameters.Span, AsnEncodingRules.DER, out _);

    public static KeyInfo ReadPublic(ReadOnlyMemory<byte> der)
    {
        var reader = new AsnReader(der, AsnEncodingRules.DER);
        var info = reader.ReadSequence();
        reader.ThrowIfNotEmpty();
        var (algorithm, parameters) = ReadAlgorithm(info);
        var key = info.ReadBitString(out var unused);
        info.ThrowIfNotEmpty();
        return unused == 0 ? new KeyInfo(algorithm, parameters, key) : throw CryptoException.Invalid("The public key does not end at a byte");
    }

    public static KeyInfo ReadPrivate(ReadOnlyMemory<byte> der)
    {
        var reader = new AsnReader(der, AsnEncodingRules.DER);
        var info = reader.ReadSequence();
        reader.ThrowIfNotEmpty();
        if (!info.TryReadInt32(out var version) || version is < 0 or > 1)
        {
            throw CryptoException.Invalid("The private key's version is not known");
        }

        var (algorithm, parameters) = ReadAlgorithm(info);
        var key = info.ReadOctetString();
        if (info.HasData && info.PeekTag().HasSameClassAndValue(Attributes))
        {
            info.ReadEncodedValue();
        }

        if (info.HasData && info.PeekTag().HasSameClassAndValue(PublicKey))
        {
            info.ReadEncodedValue();
        }

        info.ThrowIfNotEmpty();
        return new KeyInfo(algorithm, parameters, key);
    }

    public static byte[] WritePublic(string algorithm, Action<AsnWriter>? parameters, ReadOnlySpan<byte> key)
    {
        var writer = new AsnWriter(AsnEncodingRules.DER);
        using (writer.PushSequence())
        {
            WriteAlgorithm(writer, algorithm, parameters);
            writer.WriteBitString(key);
        }

        return writer.Encode();
    }

    public static byte[] WritePrivate(string algorithm, Action<AsnWriter>? parameters, ReadOnlySpan<byte> key)
    {
        var writer = new AsnWriter(AsnEncodingRules.DER);
        using (writer.PushSequence())
        {
            writer.WriteInteger(0);
            WriteAlgorithm(writer, algorithm, parameters);
            writer.WriteOctetString(key);
        }

        return writer.Encode();
    }

    private static (string Algorithm, ReadOnlyMemory<byte> Parameters) ReadAlgorithm(AsnReader info)
    {
        var sequence = info.ReadSequence();
        var algorithm = sequence.ReadObjectIdentifier();
        var parameters = sequence.HasData ? sequence.ReadEncodedValue() : default;
        sequence.ThrowIfNotEmpty();
        return (algorithm, parameters);
    }

    private static void WriteAlgorithm(AsnWriter writer, string algorithm, Action<AsnWriter>? parameters)
    {
        using (writer.PushSequence())
        {
            writer.WriteObjectIdentifier(algorithm);
            parameters?.Invoke(writer);
        }
    }
}
