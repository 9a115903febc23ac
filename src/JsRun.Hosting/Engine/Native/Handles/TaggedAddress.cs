namespace JsRun.Engine.Native.Handles;

/// <summary>The address of an object in the heap of V8, with the tag in its lowest bit. It is valid until V8 next allocates: the garbage collector moves objects.</summary>
internal readonly record struct TaggedAddress(nint Address)
{
    public bool IsNull => Address == 0;
}
