namespace JsRun.Engine.Native.Handles;

/// <summary><c>Local&lt;Script&gt;</c>: a script that is bound to a context.</summary>
internal readonly record struct ScriptHandle(nint Address)
{
    public bool IsNull => Address == 0;
}
