namespace JsRun;

/// <summary>Specifies the state of a runtime.</summary>
public enum JsRuntimeState
{
    /// <summary>It takes calls.</summary>
    Running,

    /// <summary>It was terminated, or reached a limit that it does not survive. It takes no calls, and should be disposed of.</summary>
    Terminated,

    /// <summary>It was disposed of.</summary>
    Disposed,
}
