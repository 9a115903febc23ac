namespace JsRun;

/// <summary>How a <see cref="JsFunction"/> is called. Its default is a call with the runtime's time limit and without a token.</summary>
public readonly record struct JsInvokeOptions
{
    /// <summary>The most time that the call may take on the wall clock, and the promise that it returns with it.</summary>
    /// <value>The default is <see langword="null"/>: the runtime's <see cref="JsRuntimeOptions.Timeout"/>. <see cref="Timeout.InfiniteTimeSpan"/> is no limit.</value>
    public TimeSpan? Timeout { get; init; }

    /// <summary>Interrupts the call, and ends the wait.</summary>
    public CancellationToken CancellationToken { get; init; }
}
