namespace JsRun;

/// <summary>Specifies the process in which isolates live.</summary>
public enum JsPlacement
{
    /// <summary>In this process. It isolates state and contains mistakes; it is not a security boundary against hostile code. The default.</summary>
    InProcess,

    /// <summary>In supervised worker processes: what a function does to its process costs the requests that the process has, and nothing else. For functions; the application needs <c>JsRun.AspNetCore</c>.</summary>
    OutOfProcess,
}
