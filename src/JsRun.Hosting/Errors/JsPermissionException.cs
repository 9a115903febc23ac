namespace JsRun;

/// <summary>The script asked for what its permissions do not grant.</summary>
/// <remarks>Immutable but for what <see cref="Exception"/> itself lets be changed.</remarks>
public sealed class JsPermissionException : JsRunException
{
    /// <summary>Creates the exception.</summary>
    public JsPermissionException()
    {
    }

    /// <summary>Creates the exception with a message.</summary>
    /// <param name="message">What happened, where, and what to do.</param>
    public JsPermissionException(string message)
        : base(message)
    {
    }

    /// <summary>Creates the exception with a message and its cause.</summary>
    /// <param name="message">What happened, where, and what to do.</param>
    /// <param name="innerException">The cause.</param>
    public JsPermissionException(string message, Exception? innerException)
        : base(message, innerException)
    {
    }

    /// <summary>Gets the missing permission, such as <c>op:notify</c> or <c>net:api.example.com</c>.</summary>
    /// <value>The default is <see langword="null"/>: not said.</value>
    public string? Permission { get; init; }
}
