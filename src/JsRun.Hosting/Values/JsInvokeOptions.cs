namespace JsRun;

/// <summary>Options for a call of a <see cref="JsFunction"/>.</summary>
/// <remarks>Immutable and thread-safe.</remarks>
public sealed record JsInvokeOptions
{
    /// <summary>The most time that the call may take on the wall clock, and the promise that it returns with it.</summary>
    /// <value>The default is <see langword="null"/>: the runtime's <see cref="JsRuntimeOptions.Timeout"/>. <see cref="Timeout.InfiniteTimeSpan"/> is no limit.</value>
    public TimeSpan? Timeout { get; init; }
}
