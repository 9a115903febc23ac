namespace JsRun.Engine.Native.Handles;

/// <summary><c>v8::MicrotaskQueue*</c>.</summary>
internal readonly record struct QueuePtr(nint Address)
{
    public bool IsNull => Address == 0;
}
