using System.IO.Compression;

namespace JsRun.WebApi.Compression;

/// <summary>
/// One stream that is being compressed or decompressed: input is pushed in, output pulled out, piece by piece. Not thread-safe. What the input has wrong with it is an
/// <see cref="InvalidDataException"/> whose message is for the script.
/// </summary>
internal abstract class Codec : IDisposable
{
    /// <summary>Gives the codec more input, which it keeps until it is used up: read until nothing comes before the next call.</summary>
    public abstract void Write(ReadOnlySpan<byte> input);

    /// <summary>There is no more input.</summary>
    public abstract void End();

    /// <returns>How many bytes there are; 0 where more input is needed, or the end is reached.</returns>
    /// <exception cref="InvalidDataException">The input is corrupt, truncated, or goes on after its end.</exception>
    public abstract int Read(Span<byte> output);

    public abstract void Dispose();

    public static Codec Create(CompressionFormat format, bool compress) => (format, compress) switch
    {
        (CompressionFormat.Gzip, true) => new Compressor(static output => new GZipStream(output, CompressionLevel.Optimal), [0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 0xff, 3, 0, 0, 0, 0, 0, 0, 0, 0, 0]),
        (CompressionFormat.Deflate, true) => new Compressor(static output => new ZLibStream(output, CompressionLevel.Optimal), [0x78, 0x9c, 3, 0, 0, 0, 0, 1]),
        (CompressionFormat.DeflateRaw, true) => new Compressor(static output => new DeflateStream(output, CompressionLevel.Optimal), [3, 0]),
        (CompressionFormat.Gzip, false) => new GzipDecompressor(),
        (CompressionFormat.Deflate, false) => new Decompressor(static input => new ZLibStream(input, CompressionMode.Decompress)),
        (CompressionFormat.DeflateRaw, false) => new Decompressor(static input => new DeflateStream(input, CompressionMode.Decompress)),
        _ => throw new ArgumentOutOfRangeException(nameof(format), format, null),
    };
}
