namespace JsRun.Engine.Native.Handles;

/// <summary><c>Local&lt;UnboundScript&gt;</c>, as it is passed to its methods: a compiled script that belongs to no context.</summary>
internal readonly record struct UnboundScriptHandle(nint Address)
{
    public bool IsNull => Address == 0;
}
