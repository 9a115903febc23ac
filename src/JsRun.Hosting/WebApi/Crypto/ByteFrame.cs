using System.Buffers.Binary;

namespace JsRun.WebApi.Crypto;

/// <summary>A list of byte strings as one: each after its length, four bytes in little endian.</summary>
internal static class ByteFrame
{
    private const int Prefix = sizeof(uint);

    public static List<ReadOnlyMemory<byte>> Read(ReadOnlyMemory<byte> frame)
    {
        var sections = new List<ReadOnlyMemory<byte>>();
        while (!frame.IsEmpty)
        {
            var length = BinaryPrimitives.ReadInt32LittleEndian(frame.Span);
            sections.Add(frame.Slice(Prefix, length));
            frame = frame[(Prefix + length)..];
        }

        return sections;
    }

    public static byte[] Write(params ReadOnlySpan<byte[]?> sections)
    {
        var size = 0;
        foreach (var section in sections)
        {
            size += Prefix + (section?.Length ?? 0);
        }

        var frame = new byte[size];
        var rest = frame.AsSpan();
        foreach (var section in sections)
        {
            BinaryPrimitives.WriteInt32LittleEndian(rest, section?.Length ?? 0);
            section?.CopyTo(rest[Prefix..]);
            rest = rest[(Prefix + (section?.Length ?? 0))..];
        }

        return frame;
    }
}
