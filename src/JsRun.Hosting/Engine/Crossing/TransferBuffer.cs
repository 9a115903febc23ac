using System.Buffers;
using JsRun.Streams;
using Microsoft.ClearScript.JavaScript;
using Microsoft.Extensions.ObjectPool;

namespace JsRun.Engine.Crossing;

/// <summary>
/// The one buffer of a context through which bytes cross (<c>JavaScript/src/kernel/transfer.ts</c>). It belongs to the trusted prelude, so that it can be held: user code can neither
/// resize nor detach it. What is staged in it collects here for the operation that follows.
/// </summary>
internal sealed class TransferBuffer(ITypedArray<byte> array, ObjectPool<ArrayBufferWriter<byte>> staging) : ICopyTarget, IDisposable
{
    private ArrayBufferWriter<byte>? _staged;

    public long Length { get; } = (long)array.Size;

    public void Write(ReadOnlySpan<byte> bytes, long offset)
    {
        // An empty segment at the end would be out of the array's range.
        if (!bytes.IsEmpty)
        {
            array.WriteBytes(bytes, 0, (ulong)bytes.Length, (ulong)offset);
        }
    }

    public void Read(Span<byte> destination)
    {
        if (!destination.IsEmpty)
        {
            array.ReadBytes(0, (ulong)destination.Length, destination, 0);
        }
    }

    /// <summary>Keeps the first bytes, after those that were staged before.</summary>
    public void Stage(int count)
    {
        _staged ??= staging.Get();
        Read(_staged.GetSpan(count)[..count]);
        _staged.Advance(count);
    }

    /// <summary>What was staged, until <see cref="Clear"/>.</summary>
    public ReadOnlySpan<byte> Staged => _staged is null ? default : _staged.WrittenSpan;

    /// <summary>Drops what was staged.</summary>
    public void Clear() => Return();

    /// <summary>Takes what was staged into a rented array.</summary>
    public byte[] TakeRented(out int count)
    {
        count = _staged?.WrittenCount ?? 0;
        var rented = ArrayPool<byte>.Shared.Rent(Math.Max(1, count));
        _staged?.WrittenSpan.CopyTo(rented);
        Return();
        return rented;
    }

    /// <summary>Takes what was staged.</summary>
    public byte[] Take()
    {
        var bytes = _staged?.WrittenSpan.ToArray() ?? [];
        Return();
        return bytes;
    }

    public void Dispose()
    {
        Return();
        // Asking for the size made ClearScript hold the array's buffer, by a handle that the array does not give back: it would keep the whole context in V8's heap until .NET finalises it.
        ((IDisposable)array.ArrayBuffer).Dispose();
        ((IDisposable)array).Dispose();
    }

    private void Return()
    {
        if (_staged is not null)
        {
            staging.Return(_staged);
            _staged = null;
        }
    }
}
