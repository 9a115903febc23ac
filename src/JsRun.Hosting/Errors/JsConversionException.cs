namespace JsRun;

/// <summary>A value cannot cross between .NET and JavaScript.</summary>
/// <remarks>Immutable but for what <see cref="Exception"/> itself lets be changed.</remarks>
public sealed class JsConversionException : JsRunException
{
    /// <summary>Creates the exception.</summary>
    public JsConversionException()
    {
    }

    /// <summary>Creates the exception with a message.</summary>
    /// <param name="message">What happened, where, and what to do.</param>
    public JsConversionException(string message)
        : base(message)
    {
    }

    /// <summary>Creates the exception with a message and its cause.</summary>
    /// <param name="message">What happened, where, and what to do.</param>
    /// <param name="innerException">The cause.</param>
    public JsConversionException(string message, Exception? innerException)
        : base(message, innerException)
    {
    }

    /// <summary>Gets whether code of the host failed, so that whoever runs the host must find more in the log than the script is told.</summary>
    internal bool IsHostFailure { get; init; }
}
