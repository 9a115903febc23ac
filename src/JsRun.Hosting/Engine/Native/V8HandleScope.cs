using JsRun.Engine.Native.Binding;

namespace JsRun.Engine.Native;

/// <summary><c>v8::V8HandleScope</c>, whose constructor and destructor are inline in V8's headers and so are spelled out here.</summary>
internal readonly unsafe ref struct V8HandleScope
{
    private readonly nint _isolate;
    private readonly nint _next;
    private readonly nint _limit;

    public V8HandleScope(nint isolate)
    {
        _isolate = isolate;
        _next = *(nint*)(isolate + V8Layout.IsolateHandleScopeNext);
        _limit = *(nint*)(isolate + V8Layout.IsolateHandleScopeLimit);
        ++*(int*)(isolate + V8Layout.IsolateHandleScopeLevel);
    }

    public void Dispose()
    {
        *(nint*)(_isolate + V8Layout.IsolateHandleScopeNext) = _next;
        --*(int*)(_isolate + V8Layout.IsolateHandleScopeLevel);
        if (*(nint*)(_isolate + V8Layout.IsolateHandleScopeLimit) != _limit)
        {
            *(nint*)(_isolate + V8Layout.IsolateHandleScopeLimit) = _limit;
            V8Snapshots.DeleteHandles(_isolate);
        }
    }
}
