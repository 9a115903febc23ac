using System.Buffers;
using System.Numerics;
using System.Security.Cryptography;

namespace JsRun.WebApi.Crypto;

/// <summary>AES-CTR, which the platform lacks, out of its ECB. Only the last bits of the counter block count, and they may not come round.</summary>
internal static class AesCounter
{
    private const int BlockSize = 16;
    private const int BlocksAtATime = 1024;

    public static byte[] Transform(byte[] key, ReadOnlySpan<byte> counter, int counterBits, ReadOnlySpan<byte> data)
    {
        var blocks = ((long)data.Length + BlockSize - 1) / BlockSize;
        if (counterBits < 64 && blocks > 1L << counterBits)
        {
            throw CryptoException.Failed($"A counter of {counterBits} bits does not suffice for {data.Length} bytes");
        }

        using var aes = Aes.Create();
        aes.Key = key;
        Span<byte> block = stackalloc byte[BlockSize];
        counter.CopyTo(block);
        var result = new byte[data.Length];
        var size = (int)Math.Min(blocks, BlocksAtATime) * BlockSize;
        var counters = ArrayPool<byte>.Shared.Rent(size);
        var stream = ArrayPool<byte>.Shared.Rent(size);
        for (var at = 0; at < data.Length;)
        {
            var count = Math.Min(size, data.Length - at);
            var padded = (count + BlockSize - 1) / BlockSize * BlockSize;
            for (var i = 0; i < padded; i += BlockSize)
            {
                block.CopyTo(counters.AsSpan(i));
                Increment(block, counterBits);
            }

            aes.EncryptEcb(counters.AsSpan(0, padded), stream, PaddingMode.None);
            Combine(data.Slice(at, count), stream, result.AsSpan(at, count));
            at += count;
        }

        CryptographicOperations.ZeroMemory(stream);
        ArrayPool<byte>.Shared.Return(counters);
        ArrayPool<byte>.Shared.Return(stream);
        return result;
    }

    private static void Increment(Span<byte> block, int bits)
    {
        for (var i = BlockSize - 1; bits > 0; i--, bits -= 8)
        {
            var mask = bits >= 8 ? 0xff : (1 << bits) - 1;
            var next = (block[i] + 1) & mask;
            block[i] = (byte)((block[i] & ~mask) | next);
            if (next != 0)
            {
                return;
            }
        }
    }

    private static void Combine(ReadOnlySpan<byte> data, ReadOnlySpan<byte> stream, Span<byte> result)
    {
        var i = 0;
        for (; i <= data.Length - Vector<byte>.Count; i += Vector<byte>.Count)
        {
            (new Vector<byte>(data[i..]) ^ new Vector<byte>(stream[i..])).CopyTo(result[i..]);
        }

        for (; i < data.Length; i++)
        {
            result[i] = (byte)(data[i] ^ stream[i]);
        }
    }
}
