namespace JsRun;

/// <summary>The base of all errors that JsRun raises.</summary>
/// <remarks>Immutable but for what <see cref="Exception"/> itself lets be changed.</remarks>
public abstract class JsRunException : Exception
{
    /// <summary>Creates the exception.</summary>
    protected JsRunException()
    {
    }

    /// <summary>Creates the exception with a message.</summary>
    /// <param name="message">What happened, where, and what to do.</param>
    protected JsRunException(string message)
        : base(message)
    {
    }

    /// <summary>Creates the exception with a message and its cause.</summary>
    /// <param name="message">What happened, where, and what to do.</param>
    /// <param name="innerException">The cause.</param>
    protected JsRunException(string message, Exception? innerException)
        : base(message, innerException)
    {
    }
}
