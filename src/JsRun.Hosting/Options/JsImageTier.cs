namespace JsRun;

/// <summary>What a pristine context starts from.</summary>
public enum JsImageTier
{
    /// <summary>The best tier that the platform and the function allow. The default.</summary>
    Auto,

    /// <summary>A V8 heap snapshot: a context is restored, and nothing evaluated again.</summary>
    Heap,

    /// <summary>Scripts replayed with V8's code cache.</summary>
    Replay,
}
