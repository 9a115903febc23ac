using System.Buffers.Binary;
using System.IO.Hashing;

namespace JsRun.WebApi.Compression;

/// <summary>The header of a gzip member (RFC 1952, 2.3), read as it comes and never kept: names and comments may be long.</summary>
internal sealed class GzipHeader
{
    private const int HasChecksum = 2;
    private const int HasExtra = 4;
    private const int HasName = 8;
    private const int HasComment = 16;
    private const int Reserved = 0xe0;

    private readonly Crc32 _checksum = new();
    private int _flags = -1;
    private int _extra;

    public bool IsComplete { get; private set; }

    /// <returns>How many bytes of the input belong to the header.</returns>
    /// <exception cref="InvalidDataException">It is not a header of gzip.</exception>
    public int Read(ReadOnlySpan<byte> input)
    {
        var at = 0;
        while (!IsComplete)
        {
            var count = Step(input[at..]);
            if (count == 0)
            {
                break;
            }

            at += count;
        }

        return at;
    }

    // One field, or a part of it; 0 where it is not there yet.
    private int Step(ReadOnlySpan<byte> input)
    {
        if (_flags < 0)
        {
            return input.Length < 10 ? CheckStart(input) : Fixed(input[..10]);
        }

        if ((_flags & HasExtra) != 0)
        {
            return input.Length < 2 ? 0 : Extra(input[..2]);
        }

        if (_extra > 0)
        {
            var count = Math.Min(_extra, input.Length);
            _extra -= count;
            return Take(input[..count]);
        }

        if ((_flags & (HasName | HasComment)) != 0)
        {
            return Text(input);
        }

        if ((_flags & HasChecksum) != 0)
        {
            return input.Length < 2 ? 0 : Checksum(input[..2]);
        }

        IsComplete = true;
        return 0;
    }

    private static int CheckStart(ReadOnlySpan<byte> input) =>
        (input.Length > 0 && input[0] != 0x1f) || (input.Length > 1 && input[1] != 0x8b) ? throw NotGzip() : 0;

    private int Fixed(ReadOnlySpan<byte> bytes)
    {
        if (bytes[0] != 0x1f || bytes[1] != 0x8b || bytes[2] != 8 || (bytes[3] & Reserved) != 0)
        {
            throw NotGzip();
        }

        _flags = bytes[3];
        return Take(bytes);
    }

    private int Extra(ReadOnlySpan<byte> bytes)
    {
        _flags &= ~HasExtra;
        _extra = BinaryPrimitives.ReadUInt16LittleEndian(bytes);
        return Take(bytes);
    }

    private int Text(ReadOnlySpan<byte> input)
    {
        var end = input.IndexOf((byte)0);
        if (end < 0)
        {
            return Take(input);
        }

        _flags &= (_flags & HasName) != 0 ? ~HasName : ~HasComment;
        return Take(input[..(end + 1)]);
    }

    private int Checksum(ReadOnlySpan<byte> bytes)
    {
        if (BinaryPrimitives.ReadUInt16LittleEndian(bytes) != (ushort)_checksum.GetCurrentHashAsUInt32())
        {
            throw new InvalidDataException("The compressed data is corrupt: the checksum of its header is wrong");
        }

        _flags &= ~HasChecksum;
        return bytes.Length;
    }

    private int Take(ReadOnlySpan<byte> bytes)
    {
        _checksum.Append(bytes);
        return bytes.Length;
    }

    private static InvalidDataException NotGzip() => new("The compressed data does not begin with a header of gzip");
}
