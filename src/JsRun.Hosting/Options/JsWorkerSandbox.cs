namespace JsRun;

/// <summary>The confinement of worker processes by the operating system.</summary>
public enum JsWorkerSandbox
{
    /// <summary>Whatever the machine offers. A warning in the log names the measures that are missing.</summary>
    Auto,

    /// <summary>All measures: if one is missing the host does not start.</summary>
    Required,

    /// <summary>No measures.</summary>
    Off,
}
