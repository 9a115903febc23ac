namespace JsRun.Engine.Native.Handles;

/// <summary><c>v8_inspector::V8Inspector*</c>.</summary>
internal readonly record struct InspectorPtr(nint Address)
{
    public bool IsNull => Address == 0;
}
