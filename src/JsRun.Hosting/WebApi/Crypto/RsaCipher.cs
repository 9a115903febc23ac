using System.Security.Cryptography;
using Org.BouncyCastle.Crypto;
using Org.BouncyCastle.Crypto.Digests;
using Org.BouncyCastle.Crypto.Encodings;
using Org.BouncyCastle.Crypto.Engines;
using Org.BouncyCastle.Crypto.Generators;
using Org.BouncyCastle.Crypto.Parameters;
using Org.BouncyCastle.Crypto.Signers;
using BigInteger = Org.BouncyCastle.Math.BigInteger;

namespace JsRun.WebApi.Crypto;

/// <summary>
/// RSASSA-PKCS1-v1_5, RSA-PSS and RSA-OAEP. The platform has no salt but the hash's length, no label and no public exponent but 65537: those are Bouncy Castle's.
/// </summary>
internal static class RsaCipher
{
    private const int PrimeCertainty = 112;
    private static readonly byte[] UsualExponent = [1, 0, 1];

    public static byte[] Sign(CryptoRequest request)
    {
        var key = request.KeyAs<RsaMaterial>();
        if (IsPortable(request))
        {
            var signer = Pss(request, forSigning: true);
            return signer.GenerateSignature();
        }

        return key.Platform.Use(request, static (rsa, r) => rsa.SignData(r.Section(0), Hashing.NameOf(r.Hash), PaddingOf(r)));
    }

    public static bool Verify(CryptoRequest request)
    {
        var signature = request.Section(1);
        if (signature.Length != request.KeyAs<RsaMaterial>().ModulusBytes)
        {
            return false;
        }

        return IsPortable(request)
            ? VerifyPortable(request, signature.ToArray())
            : request.KeyAs<RsaMaterial>().Platform.Use(request, static (rsa, r) => rsa.VerifyData(r.Section(0), r.Section(1), Hashing.NameOf(r.Hash), PaddingOf(r)));
    }

    public static byte[] Encrypt(CryptoRequest request) => request.Section(0).IsEmpty
        ? request.KeyAs<RsaMaterial>().Platform.Use(request, static (rsa, r) => rsa.Encrypt(r.Section(2), RSAEncryptionPadding.CreateOaep(Hashing.NameOf(r.Hash))))
        : Oaep(request, encrypt: true);

    public static byte[] Decrypt(CryptoRequest request) => request.Section(0).IsEmpty
        ? request.KeyAs<RsaMaterial>().Platform.Use(request, static (rsa, r) => rsa.Decrypt(r.Section(2), RSAEncryptionPadding.CreateOaep(Hashing.NameOf(r.Hash))))
        : Oaep(request, encrypt: false);

    public static CryptoResult Generate(CryptoRequest request, CancellationToken cancellationToken)
    {
        var bits = (int)request.Number;
        var exponent = request.Section(0).TrimStart((byte)0);
        RSAParameters parameters;
        if (exponent.SequenceEqual(UsualExponent))
        {
            using var rsa = RSA.Create(bits);
            parameters = rsa.ExportParameters(includePrivateParameters: true);
        }
        else
        {
            parameters = GenerateWith(exponent, bits, cancellationToken);
        }

        var key = new RsaMaterial(parameters);
        var publicKey = key.ToPublic();
        return new CryptoResult(publicKey.Describe(), publicKey, key);
    }

    private static bool VerifyPortable(CryptoRequest request, byte[] signature)
    {
        try
        {
            return Pss(request, forSigning: false).VerifySignature(signature);
        }
        catch (DataLengthException)
        {
            // A number that is not below the modulus is not a signature.
            return false;
        }
    }

    private static RSAParameters GenerateWith(ReadOnlySpan<byte> exponent, int bits, CancellationToken cancellationToken)
    {
        var generator = new RsaKeyPairGenerator();
        generator.Init(new RsaKeyGenerationParameters(new BigInteger(1, exponent.ToArray()), new PlatformRandom(cancellationToken), bits, PrimeCertainty));
        var key = (RsaPrivateCrtKeyParameters)generator.GenerateKeyPair().Private;
        var size = (bits + 7) / 8;
        var half = (size + 1) / 2;
        return new RSAParameters
        {
            Modulus = Bytes(key.Modulus, size),
            Exponent = key.PublicExponent.ToByteArrayUnsigned(),
            D = Bytes(key.Exponent, size),
            P = Bytes(key.P, half),
            Q = Bytes(key.Q, half),
            DP = Bytes(key.DP, half),
            DQ = Bytes(key.DQ, half),
            InverseQ = Bytes(key.QInv, half),
        };
    }

    private static byte[] Bytes(BigInteger value, int size)
    {
        var bytes = value.ToByteArrayUnsigned();
        var padded = new byte[size];
        bytes.CopyTo(padded, size - bytes.Length);
        return padded;
    }

    private static RSASignaturePadding PaddingOf(CryptoRequest request) => request.Algorithm == CryptoAlgorithm.RsaPss ? RSASignaturePadding.Pss : RSASignaturePadding.Pkcs1;

    private static bool IsPortable(CryptoRequest request) => request.Algorithm == CryptoAlgorithm.RsaPss && request.Number != Hashing.SizeOf(request.Hash);

    private static PssSigner Pss(CryptoRequest request, bool forSigning)
    {
        var key = request.KeyAs<RsaMaterial>();
        // The encoded message must hold hash, salt and two bytes (RFC 8017, 9.1.1).
        if (request.Number > key.ModulusBytes)
        {
            throw CryptoException.Failed($"A salt of {request.Number} bytes does not fit a key of {key.ModulusBits} bits");
        }

        var signer = new PssSigner(new RsaBlindedEngine(), DigestOf(request.Hash), (int)request.Number);
        ICipherParameters parameters = key.Portable;
        signer.Init(forSigning, forSigning ? new ParametersWithRandom(parameters, new PlatformRandom(default)) : parameters);
        signer.BlockUpdate(request.Section(0));
        return signer;
    }

    private static byte[] Oaep(CryptoRequest request, bool encrypt)
    {
        var cipher = new OaepEncoding(new RsaBlindedEngine(), DigestOf(request.Hash), DigestOf(request.Hash), request.Section(0).ToArray());
        cipher.Init(encrypt, new ParametersWithRandom(request.KeyAs<RsaMaterial>().Portable, new PlatformRandom(default)));
        var data = request.Section(2).ToArray();
        return cipher.ProcessBlock(data, 0, data.Length);
    }

    private static IDigest DigestOf(CryptoHash hash) => hash switch
    {
        CryptoHash.Sha1 => new Sha1Digest(),
        CryptoHash.Sha256 => new Sha256Digest(),
        CryptoHash.Sha384 => new Sha384Digest(),
        CryptoHash.Sha512 => new Sha512Digest(),
        _ => throw new ArgumentOutOfRangeException(nameof(hash)),
    };
}
