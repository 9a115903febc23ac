namespace JsRun.Engine.Native.Handles;

/// <summary><c>v8_inspector::V8InspectorSession*</c>.</summary>
internal readonly record struct InspectorSessionPtr(nint Address)
{
    public bool IsNull => Address == 0;
}
