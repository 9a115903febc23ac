namespace JsRun;

/// <summary>Specifies the source from which a pristine context starts. The numbers are part of the format of snapshots.</summary>
public enum JsImageTier
{
    /// <summary>A V8 heap snapshot: a context is restored, and nothing is evaluated again.</summary>
    Heap = 1,

    /// <summary>Scripts replayed with V8's code cache.</summary>
    Replay = 2,
}
