namespace JsRun;

/// <summary>A snapshot cannot be built, read or used.</summary>
/// <remarks>Immutable but for what <see cref="Exception"/> itself lets be changed.</remarks>
public sealed class JsSnapshotException : JsRunException
{
    /// <summary>Creates the exception.</summary>
    public JsSnapshotException()
    {
    }

    /// <summary>Creates the exception with a message.</summary>
    /// <param name="message">What happened, where, and what to do.</param>
    public JsSnapshotException(string message)
        : base(message)
    {
    }

    /// <summary>Creates the exception with a message and its cause.</summary>
    /// <param name="message">What happened, where, and what to do.</param>
    /// <param name="innerException">The cause.</param>
    public JsSnapshotException(string message, Exception? innerException)
        : base(message, innerException)
    {
    }
}
