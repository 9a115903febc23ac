using System.Buffers.Binary;
using System.Security.Cryptography;

namespace JsRun.WebApi.Crypto;

/// <summary>HKDF (RFC 5869) and PBKDF2 (RFC 8018).</summary>
internal static class KeyDerivation
{
    /// <summary>Steps of PBKDF2 that the platform does at once, which is two to three times as fast but cannot be stopped: about a third of a second.</summary>
    private const long StepsAtOnce = 1_000_000;
    private const int StepsBetweenChecks = 10_000;

    public static byte[] Hkdf(CryptoRequest request)
    {
        var size = (int)(request.Number / 8);
        return size == 0 ? [] : HKDF.DeriveKey(Hashing.NameOf(request.Hash), request.KeyAs<SecretMaterial>().Bytes, size, request.Section(0).ToArray(), request.Section(1).ToArray());
    }

    public static byte[] Pbkdf2(CryptoRequest request, CancellationToken cancellationToken)
    {
        var size = (int)(request.Number / 8);
        var password = request.KeyAs<SecretMaterial>().Bytes;
        if (size == 0)
        {
            return [];
        }

        return Steps(request) <= StepsAtOnce
            ? Rfc2898DeriveBytes.Pbkdf2(password, request.Section(0), (int)request.Iterations, Hashing.NameOf(request.Hash), size)
            : Pbkdf2(password, request.Section(0), request.Iterations, request.Hash, size, () =>
            {
                cancellationToken.ThrowIfCancellationRequested();
                request.Budget?.Demand();
            });
    }

    /// <summary>The number of computations of a hash.</summary>
    public static long Steps(CryptoRequest request) => request.Iterations * (((request.Number / 8) + Hashing.SizeOf(request.Hash) - 1) / Hashing.SizeOf(request.Hash));

    /// <summary>PBKDF2 step by step, so that it can be stopped: <paramref name="check"/> is called now and then, and may throw.</summary>
    internal static byte[] Pbkdf2(byte[] password, ReadOnlySpan<byte> salt, long iterations, CryptoHash hash, int size, Action check)
    {
        using var hmac = IncrementalHash.CreateHMAC(Hashing.NameOf(hash), password);
        var result = new byte[size];
        var step = new byte[Hashing.SizeOf(hash)];
        var sum = new byte[step.Length];
        Span<byte> index = stackalloc byte[sizeof(int)];
        for (int at = 0, block = 1; at < size; at += sum.Length, block++)
        {
            BinaryPrimitives.WriteInt32BigEndian(index, block);
            hmac.AppendData(salt);
            hmac.AppendData(index);
            hmac.GetHashAndReset(step);
            step.CopyTo(sum, 0);
            for (long i = 1; i < iterations; i++)
            {
                if (i % StepsBetweenChecks == 0)
                {
                    check();
                }

                hmac.AppendData(step);
                hmac.GetHashAndReset(step);
                for (var b = 0; b < sum.Length; b++)
                {
                    sum[b] ^= step[b];
                }
            }

            sum.AsSpan(0, Math.Min(sum.Length, size - at)).CopyTo(result.AsSpan(at));
        }

        CryptographicOperations.ZeroMemory(step);
        CryptographicOperations.ZeroMemory(sum);
        return result;
    }
}
