using System.Buffers;
using JsRun.Streams;

namespace JsRun.Engine.Crossing;

/// <summary>The first bytes of a transfer buffer.</summary>
internal readonly struct TransferOrigin(TransferBuffer buffer, int count) : ICopyOrigin
{
    public int WriteTo(IBufferWriter<byte> writer)
    {
        buffer.Read(writer.GetSpan(count)[..count]);
        writer.Advance(count);
        return count;
    }
}
