namespace JsRun;

/// <summary>The runtime was terminated, or the host is stopping.</summary>
/// <remarks>Immutable but for what <see cref="Exception"/> itself lets be changed.</remarks>
public sealed class JsTerminatedException : JsRunException
{
    /// <summary>Creates the exception.</summary>
    public JsTerminatedException()
    {
    }

    /// <summary>Creates the exception with a message.</summary>
    /// <param name="message">What happened, where, and what to do.</param>
    public JsTerminatedException(string message)
        : base(message)
    {
    }

    /// <summary>Creates the exception with a message and its cause.</summary>
    /// <param name="message">What happened, where, and what to do.</param>
    /// <param name="innerException">The cause.</param>
    public JsTerminatedException(string message, Exception? innerException)
        : base(message, innerException)
    {
    }

    /// <summary>The reason that <see cref="IJsRuntime.Terminate"/> was given.</summary>
    /// <value><c>Terminated by host request</c> where it was given none; <see langword="null"/> where it was not called.</value>
    public string? Reason { get; init; }
}
