namespace JsRun;

/// <summary>Specifies how the operating system confines worker processes.</summary>
public enum JsWorkerSandbox
{
    /// <summary>Applies the measures that the machine offers. A warning in the log names the measures that are missing.</summary>
    Auto,

    /// <summary>Applies all measures: if one is missing the host does not start.</summary>
    Required,

    /// <summary>Applies no measures.</summary>
    Off,
}
