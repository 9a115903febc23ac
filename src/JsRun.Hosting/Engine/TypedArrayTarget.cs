using JsRun.Streams;
using Microsoft.ClearScript.JavaScript;

namespace JsRun.Engine;

/// <summary>A typed array that receives bytes.</summary>
internal sealed class TypedArrayTarget(ITypedArray<byte> array) : ICopyTarget
{
    public long Length { get; } = (long)array.Size;

    public void Write(ReadOnlySpan<byte> bytes, long offset)
    {
        // An empty segment at the end would be out of the array's range.
        if (!bytes.IsEmpty)
        {
            array.WriteBytes(bytes, 0, (ulong)bytes.Length, (ulong)offset);
        }
    }
}
