namespace JsRun.Engine.Native.Handles;

/// <summary><c>v8::PromiseHook</c>: the address of a function.</summary>
internal readonly record struct PromiseHookPtr(nint Address)
{
    public bool IsNull => Address == 0;
}
