using JsRun.Streams;
using Microsoft.ClearScript.JavaScript;

namespace JsRun.Engine;

/// <summary>A typed array that receives bytes.</summary>
internal sealed class TypedArrayTarget(ITypedArray<byte> array) : ICopyTarget
{
    public long Length { get; } = (long)array.Size;

    public void Write(ReadOnlySpan<byte> bytes, long offset) => array.WriteBytes(bytes, 0, (ulong)bytes.Length, (ulong)offset);
}
