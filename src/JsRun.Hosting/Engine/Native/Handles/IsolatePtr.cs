namespace JsRun.Engine.Native.Handles;

/// <summary><c>v8::Isolate*</c>.</summary>
internal readonly record struct IsolatePtr(nint Address)
{
    public bool IsNull => Address == 0;
}
