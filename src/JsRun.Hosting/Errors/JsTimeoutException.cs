namespace JsRun;

/// <summary>The script ran, or waited, longer than its limit: wall clock, CPU time or idle time.</summary>
/// <remarks>Immutable but for what <see cref="Exception"/> itself lets be changed.</remarks>
public sealed class JsTimeoutException : JsRunException
{
    /// <summary>Creates the exception.</summary>
    public JsTimeoutException()
    {
    }

    /// <summary>Creates the exception with a message.</summary>
    /// <param name="message">What happened, where, and what to do.</param>
    public JsTimeoutException(string message)
        : base(message)
    {
    }

    /// <summary>Creates the exception with a message and its cause.</summary>
    /// <param name="message">What happened, where, and what to do.</param>
    /// <param name="innerException">The cause.</param>
    public JsTimeoutException(string message, Exception? innerException)
        : base(message, innerException)
    {
    }

    /// <summary>The limit that was reached.</summary>
    /// <value><see langword="null"/> where it is not one of an embedder's call.</value>
    public TimeSpan? Timeout { get; init; }

    /// <summary>Gets a value that indicates whether the script did not run when its time was over, because its promise was pending.</summary>
    /// <value>The default is <see langword="false"/>.</value>
    public bool PromisePending { get; init; }

    /// <summary>The property of <see cref="JsRunLimitsOptions"/> that it was, for metrics.</summary>
    internal string? Limit { get; init; }
}
