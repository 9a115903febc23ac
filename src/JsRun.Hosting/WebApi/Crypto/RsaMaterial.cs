using System.Buffers.Binary;
using System.Security.Cryptography;
using Org.BouncyCastle.Crypto.Parameters;
using BigInteger = Org.BouncyCastle.Math.BigInteger;

namespace JsRun.WebApi.Crypto;

/// <summary>An RSA key, public or private.</summary>
internal sealed class RsaMaterial : KeyMaterial
{
    private readonly RSAParameters _parameters;
    private readonly Lazy<RsaKeyParameters> _portable;

    public RsaMaterial(RSAParameters parameters)
    {
        _parameters = parameters;
        Platform = new Lender<RSA>(() => RSA.Create(_parameters));
        _portable = new Lazy<RsaKeyParameters>(CreatePortable);
    }

    /// <summary>For what the platform cannot do. Checking the modulus takes far longer than using it, so it is made once.</summary>
    public RsaKeyParameters Portable => _portable.Value;

    /// <summary>For what the platform can do.</summary>
    public Lender<RSA> Platform { get; }

    public bool IsPrivate => _parameters.D is not null;

    public int ModulusBits => (_parameters.Modulus!.Length * 8) - System.Numerics.BitOperations.LeadingZeroCount((uint)_parameters.Modulus[0]) + 24;

    public int ModulusBytes => _parameters.Modulus!.Length;

    /// <summary>The public exponent, without leading zeros.</summary>
    public byte[] Exponent => _parameters.Exponent!;

    /// <summary>What its <c>CryptoKey</c> shows: the modulus's length in bits, four bytes in little endian, and the public exponent.</summary>
    public byte[] Describe()
    {
        var bytes = new byte[sizeof(int) + Exponent.Length];
        BinaryPrimitives.WriteInt32LittleEndian(bytes, ModulusBits);
        Exponent.CopyTo(bytes, sizeof(int));
        return bytes;
    }

    public RsaMaterial ToPublic() => new(new RSAParameters { Modulus = _parameters.Modulus, Exponent = _parameters.Exponent });

    public override byte[] Export(CryptoKeyFormat format) => RsaEncoding.Write(_parameters, format);

    public override void Dispose()
    {
        Platform.Dispose();
        foreach (var secret in new[] { _parameters.D, _parameters.P, _parameters.Q, _parameters.DP, _parameters.DQ, _parameters.InverseQ })
        {
            CryptographicOperations.ZeroMemory(secret);
        }
    }

    private RsaKeyParameters CreatePortable()
    {
        var p = _parameters;
        return IsPrivate
            ? new RsaPrivateCrtKeyParameters(Big(p.Modulus), Big(p.Exponent), Big(p.D), Big(p.P), Big(p.Q), Big(p.DP), Big(p.DQ), Big(p.InverseQ))
            : new RsaKeyParameters(isPrivate: false, Big(p.Modulus), Big(p.Exponent));
    }

    private static BigInteger Big(byte[]? bytes) => new(1, bytes);
}
