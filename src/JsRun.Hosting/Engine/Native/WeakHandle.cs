using System.Runtime.InteropServices;
using JsRun.Engine.Native.Binding;

namespace JsRun.Engine.Native;

/// <summary>A handle on one of V8's objects that does not keep it: V8 empties it when it collects the object. Used with the isolate entered, except where it is said.</summary>
internal sealed unsafe class WeakHandle
{
    private readonly nint** _location = (nint**)NativeMemory.AllocZeroed((nuint)sizeof(nint*));

    /// <summary>What a <c>Local</c> of the object would point to; null once the object is gone.</summary>
    public nint Target => (nint)(*_location);

    public void Set(nint isolate, nint local)
    {
        *_location = V8Isolates.Globalize(isolate, *(nint*)local);
        V8Isolates.MakeWeak(_location);
    }

    public void Reset()
    {
        if (*_location != null)
        {
            V8Isolates.DisposeGlobal(*_location);
            *_location = null;
        }
    }

    /// <summary>Once, when it was reset or the isolate has been freed.</summary>
    public void Free() => NativeMemory.Free(_location);
}
