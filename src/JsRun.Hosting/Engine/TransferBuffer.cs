using System.Buffers;
using System.Text;
using JsRun.Streams;
using Microsoft.ClearScript.JavaScript;

namespace JsRun.Engine;

/// <summary>
/// The one buffer of a context through which bytes cross (<c>JavaScript/src/kernel/transfer.ts</c>). It belongs to the trusted prelude, so that it can be held: user code can neither
/// resize nor detach it. What is staged in it collects here for the operation that follows.
/// </summary>
internal sealed class TransferBuffer(ITypedArray<byte> array) : ICopyTarget, IDisposable
{
    private readonly ArrayBufferWriter<byte> _staged = new();

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
        Read(_staged.GetSpan(count)[..count]);
        _staged.Advance(count);
    }

    /// <summary>Takes what was staged into a rented array.</summary>
    public byte[] TakeRented(out int count)
    {
        count = _staged.WrittenCount;
        var rented = ArrayPool<byte>.Shared.Rent(Math.Max(1, count));
        _staged.WrittenSpan.CopyTo(rented);
        _staged.ResetWrittenCount();
        return rented;
    }

    /// <summary>Takes what was staged.</summary>
    public byte[] Take()
    {
        var bytes = _staged.WrittenSpan.ToArray();
        _staged.ResetWrittenCount();
        return bytes;
    }

    /// <summary>Takes what was staged as text.</summary>
    public string TakeText()
    {
        var text = Encoding.UTF8.GetString(_staged.WrittenSpan);
        _staged.ResetWrittenCount();
        return text;
    }

    public void Dispose() => ((IDisposable)array).Dispose();
}
