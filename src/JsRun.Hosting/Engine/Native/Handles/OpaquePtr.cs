namespace JsRun.Engine.Native.Handles;

/// <summary>An address that is only passed on: what it points to is never read.</summary>
internal readonly record struct OpaquePtr(nint Address)
{
    public bool IsNull => Address == 0;
}
