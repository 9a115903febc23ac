using JsRun.Engine.Native.Binding;
using JsRun.Engine.Native.Handles;

namespace JsRun.Engine.Native;

/// <summary><c>v8::HandleScope</c>, whose constructor and destructor are inline in V8's headers and so are spelled out here.</summary>
internal readonly unsafe ref struct V8HandleScope
{
    private readonly V8Api _v8;
    private readonly IsolatePtr _isolate;
    private readonly nint _next;
    private readonly nint _limit;

    public V8HandleScope(V8Api v8, IsolatePtr isolate)
    {
        _v8 = v8;
        _isolate = isolate;
        _next = *(nint*)(isolate.Address + V8Layout.IsolateHandleScopeNext);
        _limit = *(nint*)(isolate.Address + V8Layout.IsolateHandleScopeLimit);
        ++*(int*)(isolate.Address + V8Layout.IsolateHandleScopeLevel);
    }

    public void Dispose()
    {
        var isolate = _isolate.Address;
        *(nint*)(isolate + V8Layout.IsolateHandleScopeNext) = _next;
        --*(int*)(isolate + V8Layout.IsolateHandleScopeLevel);
        if (*(nint*)(isolate + V8Layout.IsolateHandleScopeLimit) != _limit)
        {
            *(nint*)(isolate + V8Layout.IsolateHandleScopeLimit) = _limit;
            _v8.Snapshots.DeleteHandles(_isolate);
        }
    }
}
