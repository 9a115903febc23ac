namespace JsRun;

/// <summary>Specifies the process in which isolates live.</summary>
public enum JsPlacement
{
    /// <summary>In this process. It isolates state and contains mistakes; it is not a security boundary against hostile code. The default.</summary>
    InProcess,

    /// <summary>In supervised worker processes. Not available yet: choosing it stops the start.</summary>
    OutOfProcess,
}
