using System.Runtime.InteropServices;
using JsRun.Engine.Native.Binding;
using JsRun.Engine.Native.Handles;

namespace JsRun.Engine.Native;

/// <summary>A handle on one of V8's objects that does not keep it: V8 empties it when it collects the object. Used with the isolate entered, except where it is said.</summary>
internal sealed unsafe class WeakHandle(V8Api v8)
{
    private readonly GlobalHandle* _location = (GlobalHandle*)NativeMemory.AllocZeroed((nuint)sizeof(GlobalHandle));

    /// <summary>What a <c>Local</c> of the object would point to; null once the object is gone.</summary>
    public GlobalHandle Target => *_location;

    public void Set(IsolatePtr isolate, TaggedAddress target)
    {
        *_location = v8.Isolates.Globalize(isolate, target);
        v8.Isolates.MakeWeak(_location);
    }

    public void Reset()
    {
        if (!_location->IsNull)
        {
            v8.Isolates.DisposeGlobal(*_location);
            *_location = default;
        }
    }

    /// <summary>Once, when it was reset or the isolate has been freed.</summary>
    public void Free() => NativeMemory.Free(_location);
}
