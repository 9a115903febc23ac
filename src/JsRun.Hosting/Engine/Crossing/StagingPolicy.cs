using System.Buffers;
using Microsoft.Extensions.ObjectPool;

namespace JsRun.Engine.Crossing;

/// <summary>Buffers in which whole bodies are collected, shared by all contexts. One that grew large is not kept.</summary>
internal sealed class StagingPolicy : PooledObjectPolicy<ArrayBufferWriter<byte>>
{
    private const int LargestKept = 1 << 20;

    public override ArrayBufferWriter<byte> Create() => new(16 * 1024);

    public override bool Return(ArrayBufferWriter<byte> obj)
    {
        // Nobody is to find another's bytes in it.
        obj.Clear();
        return obj.Capacity <= LargestKept;
    }
}
