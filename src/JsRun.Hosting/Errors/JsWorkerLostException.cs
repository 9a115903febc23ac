namespace JsRun;

/// <summary>The worker process that ran the request ended. Only with <see cref="JsPlacement.OutOfProcess"/>. Another process serves the next request.</summary>
/// <remarks>Immutable but for what <see cref="Exception"/> itself lets be changed.</remarks>
public sealed class JsWorkerLostException : JsRunException
{
    /// <summary>Creates the exception.</summary>
    public JsWorkerLostException()
    {
    }

    /// <summary>Creates the exception with a message.</summary>
    /// <param name="message">The message: the event, its place, and the remedy.</param>
    public JsWorkerLostException(string message)
        : base(message)
    {
    }

    /// <summary>Creates the exception with a message and its cause.</summary>
    /// <param name="message">The message: the event, its place, and the remedy.</param>
    /// <param name="innerException">The cause.</param>
    public JsWorkerLostException(string message, Exception? innerException)
        : base(message, innerException)
    {
    }

    /// <summary>Gets the time after which it makes sense to try again.</summary>
    /// <value>The default is 1 second.</value>
    public TimeSpan RetryAfter { get; init; } = TimeSpan.FromSeconds(1);
}
