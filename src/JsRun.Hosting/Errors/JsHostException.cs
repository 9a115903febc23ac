namespace JsRun;

/// <summary>
/// Thrown by a host function to fail with a code and a message that scripts may see: JavaScript gets an <c>Error</c> whose <c>name</c> is <c>HostError</c>, with this <c>code</c>
/// and <c>message</c>. Other exceptions reach scripts by their type's name alone, unless <see cref="JsContextOptions.ExposeHostErrors"/> says otherwise.
/// </summary>
/// <remarks>Immutable but for what <see cref="Exception"/> itself lets be changed.</remarks>
public class JsHostException : JsRunException
{
    private const string DefaultCode = "host-error";

    /// <summary>Creates the exception with the code <c>host-error</c>.</summary>
    public JsHostException()
    {
    }

    /// <summary>Creates the exception with the code <c>host-error</c>.</summary>
    /// <param name="message">The message, which scripts see.</param>
    public JsHostException(string message)
        : base(message)
    {
    }

    /// <summary>Creates the exception with the code <c>host-error</c>.</summary>
    /// <param name="message">The message, which scripts see.</param>
    /// <param name="innerException">The cause, which scripts do not see.</param>
    public JsHostException(string message, Exception? innerException)
        : base(message, innerException)
    {
    }

    /// <summary>Gets the error's <c>code</c>, by which scripts distinguish errors.</summary>
    /// <value>The default is <c>host-error</c>.</value>
    /// <exception cref="ArgumentException">The value is empty.</exception>
    public string Code
    {
        get;
        init
        {
            ArgumentException.ThrowIfNullOrEmpty(value);
            field = value;
        }
    } = DefaultCode;
}
