namespace JsRun.Engine.Native;

/// <summary>What the calls of one thread are aimed at: see <see cref="NativeTargets.Aim"/>.</summary>
internal struct NativeAim
{
    /// <summary>The context that is meant, or <see langword="null"/> for the engine's own.</summary>
    public NativeContext? Target;

    /// <summary>Gets whether what the script throws leaves V8 as text.</summary>
    public bool Shielded;
}
