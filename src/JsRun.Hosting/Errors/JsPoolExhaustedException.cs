namespace JsRun;

/// <summary>No lease was free: the queue is full, or the wait for a lease was too long, or the function's own concurrency limit was reached.</summary>
/// <remarks>Immutable but for what <see cref="Exception"/> itself lets be changed.</remarks>
public sealed class JsPoolExhaustedException : JsRunException
{
    /// <summary>Gets the time after which to try again at the earliest. Default: one second.</summary>
    /// <value>The default is one second.</value>
    public TimeSpan RetryAfter { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>The option that it was, for metrics; <see langword="null"/> if no isolate could be made.</summary>
    internal string? Limit { get; init; }

    /// <summary>Creates the exception.</summary>
    public JsPoolExhaustedException()
    {
    }

    /// <summary>Creates the exception with a message.</summary>
    /// <param name="message">What happened, where, and what to do.</param>
    public JsPoolExhaustedException(string message)
        : base(message)
    {
    }

    /// <summary>Creates the exception with a message and its cause.</summary>
    /// <param name="message">What happened, where, and what to do.</param>
    /// <param name="innerException">The cause.</param>
    public JsPoolExhaustedException(string message, Exception? innerException)
        : base(message, innerException)
    {
    }
}
