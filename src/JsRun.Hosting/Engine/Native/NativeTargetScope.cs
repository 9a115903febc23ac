namespace JsRun.Engine.Native;

/// <summary>While it lasts, its thread may have an engine call or run something in the context that was meant.</summary>
internal readonly ref struct NativeTargetScope(ref NativeContext? target, ref bool shielded)
{
    private readonly ref NativeContext? _target = ref target;
    private readonly ref bool _shielded = ref shielded;

    /// <summary>What was not used is not for whoever comes next.</summary>
    public void Dispose() => (_target, _shielded) = (null, false);
}
