namespace JsRun;

/// <summary>Another request on the same isolate had to be interrupted, and this one was lost with it. Safe to retry where the request is.</summary>
/// <remarks>Immutable but for what <see cref="Exception"/> itself lets be changed.</remarks>
public sealed class JsIsolateLostException : JsRunException
{
    /// <summary>Creates the exception.</summary>
    public JsIsolateLostException()
    {
    }

    /// <summary>Creates the exception with a message.</summary>
    /// <param name="message">What happened, where, and what to do.</param>
    public JsIsolateLostException(string message)
        : base(message)
    {
    }

    /// <summary>Creates the exception with a message and its cause.</summary>
    /// <param name="message">What happened, where, and what to do.</param>
    /// <param name="innerException">The cause.</param>
    public JsIsolateLostException(string message, Exception? innerException)
        : base(message, innerException)
    {
    }
}
