using System.Buffers.Binary;
using System.IO.Compression;
using System.IO.Hashing;

namespace JsRun.WebApi.Compression;

/// <summary>One member of gzip. .NET's stream would go on to a second member, and pass over anything else that follows.</summary>
internal sealed class GzipDecompressor() : Decompressor(static input => new DeflateStream(input, CompressionMode.Decompress), trailer: 8)
{
    private readonly Crc32 _checksum = new();
    private readonly GzipHeader _header = new();
    private uint _length;

    protected override bool ReadHeader(FeedStream input)
    {
        if (!_header.IsComplete)
        {
            input.Skip(_header.Read(input.Peek()));
        }

        return _header.IsComplete;
    }

    protected override void Observe(ReadOnlySpan<byte> output)
    {
        _checksum.Append(output);
        _length = unchecked(_length + (uint)output.Length);
    }

    protected override bool IsIntact(ReadOnlySpan<byte> trailer) =>
        BinaryPrimitives.ReadUInt32LittleEndian(trailer) == _checksum.GetCurrentHashAsUInt32() && BinaryPrimitives.ReadUInt32LittleEndian(trailer[4..]) == _length;
}
