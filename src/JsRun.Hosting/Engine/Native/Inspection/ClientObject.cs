using System.Runtime.InteropServices;
using JsRun.Engine.Native.Handles;

namespace JsRun.Engine.Native.Inspection;

/// <summary>An object of C++ for V8 to call: the address of a table of virtual functions, and beside it a handle of what it stands for.</summary>
internal sealed unsafe class ClientObject : IDisposable
{
    private GCHandle _target;

    public ClientObject(ReadOnlySpan<OpaquePtr> functions, object target)
    {
        _target = GCHandle.Alloc(target);
        Address = (byte*)NativeMemory.Alloc((nuint)(2 + functions.Length), (nuint)sizeof(OpaquePtr));
        var words = (OpaquePtr*)Address;
        words[0] = new OpaquePtr((nint)(words + 2));
        words[1] = new OpaquePtr(GCHandle.ToIntPtr(_target));
        functions.CopyTo(new Span<OpaquePtr>(words + 2, functions.Length));
    }

    /// <summary>What V8 is given.</summary>
    public byte* Address { get; }

    /// <summary>Finds what the object that V8 calls stands for.</summary>
    public static T Find<T>(byte* address) => (T)GCHandle.FromIntPtr(((OpaquePtr*)address)[1].Address).Target!;

    /// <summary>When V8 calls it no more.</summary>
    public void Dispose()
    {
        _target.Free();
        NativeMemory.Free(Address);
    }
}
