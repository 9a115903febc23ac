namespace JsRun.Engine.Native.Handles;

/// <summary><c>Local&lt;Context&gt;</c>: the address of a place that has the address of a context. Null if V8 returned none.</summary>
internal readonly record struct ContextHandle(nint Address)
{
    public bool IsNull => Address == 0;

    /// <summary>The object that it refers to.</summary>
    public unsafe TaggedAddress Target => *(TaggedAddress*)Address;
}
