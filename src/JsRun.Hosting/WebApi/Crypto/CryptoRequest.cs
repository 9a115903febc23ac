using System.Security.Cryptography;
using JsRun.Limits;

namespace JsRun.WebApi.Crypto;

/// <summary>One call, parsed. The sections are slices of <paramref name="frame"/>, which is this request's own and is wiped with it.</summary>
internal sealed class CryptoRequest(byte[] frame) : IDisposable
{
    private readonly List<ReadOnlyMemory<byte>> _sections = ByteFrame.Read(frame);

    public required CryptoOperation Operation { get; init; }

    public required CryptoAlgorithm Algorithm { get; init; }

    public CryptoHash Hash { get; init; }

    public CryptoKeyFormat Format { get; init; }

    public KeyMaterial? Key { get; init; }

    /// <summary>The other side's public key, for key agreement.</summary>
    public KeyMaterial? Other { get; init; }

    /// <summary>A length in bits, a salt's length in bytes or a curve's size, depending on the algorithm.</summary>
    public long Number { get; init; }

    public long Iterations { get; init; }

    public IReadOnlyList<ReadOnlyMemory<byte>> Sections => _sections;

    /// <summary>What it may spend of the processor, where it runs on a thread of its own.</summary>
    public CpuBudget? Budget { get; init; }

    /// <summary>Bytes of input.</summary>
    public int Size => frame.Length;

    /// <summary>A section that may have been left out at the end.</summary>
    public ReadOnlySpan<byte> Section(int index) => index < _sections.Count ? _sections[index].Span : default;

    public T KeyAs<T>()
        where T : KeyMaterial => Key as T ?? throw CryptoException.Failed("The key does not fit the algorithm");

    public T OtherAs<T>()
        where T : KeyMaterial => Other as T ?? throw CryptoException.Failed("The public key does not fit the algorithm");

    public void Dispose() => CryptographicOperations.ZeroMemory(frame);
}
