using System.Buffers;
using JsRun.Streams;
using Microsoft.ClearScript.JavaScript;

namespace JsRun.Engine;

/// <summary>The bytes of a typed array, copied at once: its memory may move or go as soon as JavaScript runs again.</summary>
internal readonly struct TypedArrayOrigin(ITypedArray<byte> array) : ICopyOrigin
{
    // What a writer gives at a time without renting anew.
    private const int Block = 16 * 1024;

    public int WriteTo(IBufferWriter<byte> writer)
    {
        var size = array.Size;
        var offset = 0UL;
        while (offset < size)
        {
            var span = writer.GetSpan((int)Math.Min(size - offset, Block));
            var count = (ulong)Math.Min((long)(size - offset), span.Length);
            array.ReadBytes(offset, count, span[..(int)count], 0);
            writer.Advance((int)count);
            offset += count;
        }

        return (int)size;
    }
}
