namespace JsRun.Engine.Native.Handles;

/// <summary><c>Local&lt;Value&gt;</c>, or a local of a subclass such as a string, an object or a function: the address of a place that has the address of a value. Null if V8 returned none.</summary>
internal readonly record struct ValueHandle(nint Address)
{
    public bool IsNull => Address == 0;

    /// <summary>The object that it refers to.</summary>
    public unsafe TaggedAddress Target => *(TaggedAddress*)Address;
}
