namespace JsRun.Engine.Native.Handles;

/// <summary><c>Local&lt;FixedArray&gt;</c>.</summary>
internal readonly record struct FixedArrayHandle(nint Address)
{
    public bool IsNull => Address == 0;
}
