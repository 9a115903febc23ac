namespace JsRun.Engine.Native.Handles;

/// <summary><c>Global&lt;T&gt;</c>: the address of a place that keeps an object until the handle is disposed of, or that V8 empties when it collects the object, if the handle is weak.</summary>
internal readonly record struct GlobalHandle(nint Address)
{
    public bool IsNull => Address == 0;

    /// <summary>The same place as a local. It is valid as long as the global handle is.</summary>
    public ValueHandle AsValue => new(Address);

    /// <summary>The same place as a local of a context.</summary>
    public ContextHandle AsContext => new(Address);
}
