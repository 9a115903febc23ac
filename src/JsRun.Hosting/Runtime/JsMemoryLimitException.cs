namespace JsRun;

/// <summary>The script's isolate reached its heap limit. The isolate is replaced.</summary>
public sealed class JsMemoryLimitException : JsRunException
{
    /// <summary>Creates the exception.</summary>
    public JsMemoryLimitException()
    {
    }

    /// <summary>Creates the exception with a message.</summary>
    /// <param name="message">What happened, where, and what to do.</param>
    public JsMemoryLimitException(string message)
        : base(message)
    {
    }

    /// <summary>Creates the exception with a message and its cause.</summary>
    /// <param name="message">What happened, where, and what to do.</param>
    /// <param name="innerException">The cause.</param>
    public JsMemoryLimitException(string message, Exception? innerException)
        : base(message, innerException)
    {
    }
}
