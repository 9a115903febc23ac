using System.Formats.Asn1;

namespace JsRun.WebApi.Crypto;

/// <summary>Does what <c>crypto.subtle</c> asks for. JavaScript has checked algorithm, usages and parameters; here are keys and bytes. Thread-safe.</summary>
internal static class CryptoEngine
{
    /// <exception cref="CryptoException">It fails, as the specification foresees.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public static CryptoResult Execute(CryptoRequest request, CancellationToken cancellationToken)
    {
        try
        {
            return Dispatch(request, cancellationToken);
        }
        catch (AsnContentException e)
        {
            throw CryptoException.Invalid("The key is not encoded as it should be", e);
        }
        catch (Exception e) when (e is not (CryptoException or OperationCanceledException))
        {
            // What the libraries say differs from platform to platform, and may tell an attacker too much.
            throw request.Operation == CryptoOperation.Import
                ? CryptoException.Invalid("The key is not valid", e)
                : CryptoException.Failed("The operation failed", e);
        }
    }

    private static CryptoResult Dispatch(CryptoRequest request, CancellationToken cancellationToken) => request.Operation switch
    {
        CryptoOperation.Digest => new(Hashing.Digest(request.Hash, request.Section(0))),
        CryptoOperation.Sign => new(Sign(request)),
        CryptoOperation.Verify => CryptoResult.Of(Verify(request)),
        CryptoOperation.Encrypt => new(request.Algorithm == CryptoAlgorithm.RsaOaep ? RsaCipher.Encrypt(request) : AesCipher.Encrypt(request)),
        CryptoOperation.Decrypt => new(request.Algorithm == CryptoAlgorithm.RsaOaep ? RsaCipher.Decrypt(request) : AesCipher.Decrypt(request)),
        CryptoOperation.DeriveBits => new(DeriveBits(request, cancellationToken)),
        CryptoOperation.Generate => Generate(request, cancellationToken),
        CryptoOperation.Import => Import(request),
        CryptoOperation.Export => new(request.KeyAs<KeyMaterial>().Export(request.Format)),
        _ => throw new InvalidOperationException($"There is no operation {(int)request.Operation}: the JavaScript bundle and the assembly are from different builds."),
    };

    private static byte[] Sign(CryptoRequest request) => request.Algorithm switch
    {
        CryptoAlgorithm.Hmac => Hashing.Authenticate(request.Hash, request.KeyAs<SecretMaterial>(), request.Section(0)),
        CryptoAlgorithm.Ecdsa => EcCipher.Sign(request),
        CryptoAlgorithm.Ed25519 or CryptoAlgorithm.Ed448 => OkpCipher.Sign(request),
        _ => RsaCipher.Sign(request),
    };

    private static bool Verify(CryptoRequest request) => request.Algorithm switch
    {
        CryptoAlgorithm.Hmac => Hashing.Verify(request.Hash, request.KeyAs<SecretMaterial>(), request.Section(1), request.Section(0)),
        CryptoAlgorithm.Ecdsa => EcCipher.Verify(request),
        CryptoAlgorithm.Ed25519 or CryptoAlgorithm.Ed448 => OkpCipher.Verify(request),
        _ => RsaCipher.Verify(request),
    };

    private static byte[] DeriveBits(CryptoRequest request, CancellationToken cancellationToken) => request.Algorithm switch
    {
        CryptoAlgorithm.Hkdf => KeyDerivation.Hkdf(request),
        CryptoAlgorithm.Pbkdf2 => KeyDerivation.Pbkdf2(request, cancellationToken),
        CryptoAlgorithm.X25519 or CryptoAlgorithm.X448 => OkpCipher.Agree(request),
        _ => EcCipher.Agree(request),
    };

    private static CryptoResult Generate(CryptoRequest request, CancellationToken cancellationToken) => request.Algorithm switch
    {
        CryptoAlgorithm.RsaPkcs1 or CryptoAlgorithm.RsaPss or CryptoAlgorithm.RsaOaep => RsaCipher.Generate(request, cancellationToken),
        CryptoAlgorithm.Ecdsa or CryptoAlgorithm.Ecdh => EcCipher.Generate(request),
        CryptoAlgorithm.Ed25519 or CryptoAlgorithm.X25519 or CryptoAlgorithm.Ed448 or CryptoAlgorithm.X448 => OkpCipher.Generate(request),
        _ => CryptoResult.Of(SecretMaterial.Generate(request.Number)),
    };

    private static CryptoResult Import(CryptoRequest request)
    {
        switch (request.Algorithm)
        {
            case CryptoAlgorithm.RsaPkcs1 or CryptoAlgorithm.RsaPss or CryptoAlgorithm.RsaOaep:
                var rsa = RsaEncoding.Read(request);
                return new CryptoResult(rsa.Describe(), rsa);
            case CryptoAlgorithm.Ecdsa or CryptoAlgorithm.Ecdh:
                return CryptoResult.Of(EcEncoding.Read(request));
            case CryptoAlgorithm.Ed25519 or CryptoAlgorithm.X25519 or CryptoAlgorithm.Ed448 or CryptoAlgorithm.X448:
                return CryptoResult.Of(OkpEncoding.Read(request));
            default:
                return CryptoResult.Of(new SecretMaterial(request.Section(0).ToArray()));
        }
    }
}
