using System.Buffers;
using System.Text;
using Microsoft.ClearScript.JavaScript;
using Microsoft.ClearScript.V8.FastProxy;

namespace JsRun.Engine;

/// <summary>A typed array that JavaScript passed, held for one call only: its memory may be resized or detached as soon as JavaScript runs again.</summary>
internal readonly ref struct Borrowed : IDisposable
{
    public Borrowed(in V8FastArgs args, int index)
    {
        Array = args.Get<ITypedArray<byte>>(index);
        Size = checked((int)Array.Size);
    }

    public ITypedArray<byte> Array { get; }

    public int Size { get; }

    public void Read(Span<byte> destination)
    {
        if (Size > 0)
        {
            Array.ReadBytes(0, (ulong)Size, destination, 0);
        }
    }

    public void Write(ReadOnlySpan<byte> source)
    {
        if (Size > 0)
        {
            Array.WriteBytes(source, 0, (ulong)Size, 0);
        }
    }

    public byte[] ToArray()
    {
        var bytes = new byte[Size];
        Read(bytes);
        return bytes;
    }

    public string DecodeUtf8()
    {
        var buffer = ArrayPool<byte>.Shared.Rent(Math.Max(1, Size));
        Read(buffer);
        var text = Encoding.UTF8.GetString(buffer, 0, Size);
        ArrayPool<byte>.Shared.Return(buffer);
        return text;
    }

    public void Dispose() => ((IDisposable)Array).Dispose();
}
