namespace JsRun.Engine.Native.Handles;

/// <summary><c>Local&lt;Message&gt;</c>: what V8 knows of an error.</summary>
internal readonly record struct MessageHandle(nint Address)
{
    public bool IsNull => Address == 0;
}
