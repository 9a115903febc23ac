using System.Buffers;
using JsRun.Streams;

namespace JsRun.Hosting.Tests.Streams;

/// <summary>A chunk of so many bytes.</summary>
internal readonly struct Chunk(int size) : ICopyOrigin
{
    public int WriteTo(IBufferWriter<byte> writer)
    {
        writer.GetSpan(size)[..size].Fill(7);
        writer.Advance(size);
        return size;
    }
}
