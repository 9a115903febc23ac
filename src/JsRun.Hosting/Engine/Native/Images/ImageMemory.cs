using System.Runtime.InteropServices;
using JsRun.Engine.Native.Binding;
using JsRun.Engine.Native.Handles;

namespace JsRun.Engine.Native.Images;

/// <summary>
/// A heap image in memory that V8 may point to. Counted: the code that loaded it holds one reference, and each isolate that was made from it another until V8 has freed that isolate.
/// Thread-safe.
/// </summary>
internal sealed unsafe class ImageMemory : IDisposable
{
    private const nuint Alignment = 4096;

    private readonly V8StartupData* _data;
    private int _references = 1;
    private int _disposed;

    private ImageMemory(ReadOnlySpan<byte> blob)
    {
        _data = (V8StartupData*)NativeMemory.AllocZeroed((nuint)sizeof(V8StartupData));
        _data->Data = (byte*)NativeMemory.AlignedAlloc((nuint)blob.Length, Alignment);
        _data->Size = blob.Length;
        blob.CopyTo(new Span<byte>(_data->Data, blob.Length));
        Size = blob.Length;
    }

    ~ImageMemory() => Dispose();

    public int Size { get; }

    /// <summary>Gets whether neither the loader nor any isolate needs it any more.</summary>
    public bool IsFreed => Volatile.Read(ref _references) == 0;

    /// <summary>For <c>CreateParams::snapshot_blob</c>.</summary>
    public OpaquePtr StartupDataAddress => new((nint)_data);

    /// <summary>Copies a blob. V8 trusts it: what comes from a disk has been verified before.</summary>
    public static ImageMemory Load(ReadOnlySpan<byte> blob)
    {
        ArgumentOutOfRangeException.ThrowIfZero(blob.Length, nameof(blob));
        return new ImageMemory(blob);
    }

    /// <summary>One more isolate is made from it.</summary>
    public void AddReference()
    {
        int before;
        do
        {
            before = Volatile.Read(ref _references);
            ObjectDisposedException.ThrowIf(before == 0, this);
        }
        while (Interlocked.CompareExchange(ref _references, before + 1, before) != before);
    }

    public void Release()
    {
        if (Interlocked.Decrement(ref _references) == 0 && _data is not null)
        {
            NativeMemory.AlignedFree(_data->Data);
            NativeMemory.Free(_data);
        }
    }

    /// <summary>Gives up the loader's reference: the memory goes with the last isolate.</summary>
    public void Dispose()
    {
        if (Interlocked.Exchange(ref _disposed, 1) == 0)
        {
            Release();
        }

        GC.SuppressFinalize(this);
    }
}
