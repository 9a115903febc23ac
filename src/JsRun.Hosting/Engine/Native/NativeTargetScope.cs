namespace JsRun.Engine.Native;

/// <summary>While it lasts, its thread may have an engine call or run something in the context that was meant.</summary>
internal readonly ref struct NativeTargetScope(ref NativeAim aim)
{
    private readonly ref NativeAim _aim = ref aim;

    /// <summary>An unused target does not remain for the next caller.</summary>
    public void Dispose() => _aim = default;
}
