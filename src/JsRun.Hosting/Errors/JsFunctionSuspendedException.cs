namespace JsRun;

/// <summary>The function ended its worker processes several times, and is not invoked for a while. Only with <see cref="JsPlacement.OutOfProcess"/>.</summary>
/// <remarks>Immutable but for what <see cref="Exception"/> itself lets be changed.</remarks>
public sealed class JsFunctionSuspendedException : JsRunException
{
    /// <summary>Creates the exception.</summary>
    public JsFunctionSuspendedException()
    {
    }

    /// <summary>Creates the exception with a message.</summary>
    /// <param name="message">The message: the event, its place, and the remedy.</param>
    public JsFunctionSuspendedException(string message)
        : base(message)
    {
    }

    /// <summary>Creates the exception with a message and its cause.</summary>
    /// <param name="message">The message: the event, its place, and the remedy.</param>
    /// <param name="innerException">The cause.</param>
    public JsFunctionSuspendedException(string message, Exception? innerException)
        : base(message, innerException)
    {
    }

    /// <summary>Gets the time after which it makes sense to try again.</summary>
    /// <value>The default is 1 second.</value>
    public TimeSpan RetryAfter { get; init; } = TimeSpan.FromSeconds(1);
}
