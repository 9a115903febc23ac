namespace JsRun.Diagnostics;

/// <summary>The outcome of an invocation, as the metrics count it.</summary>
internal enum InvocationOutcome
{
    /// <summary>With an answer.</summary>
    Ok,

    /// <summary>At a limit of time.</summary>
    Timeout,

    /// <summary>With any other error.</summary>
    Error,
}
