namespace JsRun;

/// <summary>A module could not be found, compiled, linked, or its top level evaluated in time. The message holds file, line, column and a code frame where known.</summary>
public sealed class JsModuleException : JsRunException
{
    /// <summary>Creates the exception.</summary>
    public JsModuleException()
    {
    }

    /// <summary>Creates the exception with a message.</summary>
    /// <param name="message">What happened, where, and what to do.</param>
    public JsModuleException(string message)
        : base(message)
    {
    }

    /// <summary>Creates the exception with a message and its cause.</summary>
    /// <param name="message">What happened, where, and what to do.</param>
    /// <param name="innerException">The cause.</param>
    public JsModuleException(string message, Exception? innerException)
        : base(message, innerException)
    {
    }
}
