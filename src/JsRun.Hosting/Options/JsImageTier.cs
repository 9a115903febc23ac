namespace JsRun;

/// <summary>Specifies how a request gets its pristine state. The numbers are part of the format of snapshots.</summary>
public enum JsImageTier
{
    /// <summary>A V8 heap snapshot: a context is restored, and nothing is evaluated again.</summary>
    Heap = 1,

    /// <summary>Scripts replayed with V8's code cache.</summary>
    Replay = 2,

    /// <summary>No fresh context: a fresh instance of the function's modules, with a global object of its own, in a context whose built-ins are frozen.</summary>
    Hardened = 3,
}
