namespace JsRun;

/// <summary>The script threw, or a promise that the host waited for was rejected.</summary>
public sealed class JavaScriptException : JsRunException
{
    /// <summary>Creates the exception.</summary>
    public JavaScriptException()
    {
    }

    /// <summary>Creates the exception with a message.</summary>
    /// <param name="message">The script's own message.</param>
    public JavaScriptException(string message)
        : base(message)
    {
    }

    /// <summary>Creates the exception with a message and its cause.</summary>
    /// <param name="message">The script's own message.</param>
    /// <param name="innerException">The cause.</param>
    public JavaScriptException(string message, Exception? innerException)
        : base(message, innerException)
    {
    }

    /// <summary>The error's <c>name</c>.</summary>
    /// <value>The default is <c>Error</c>.</value>
    public string Name { get; init; } = "Error";

    /// <summary>The error's <c>stack</c>, with the author's files and lines.</summary>
    /// <value>Empty where what was thrown has none.</value>
    public string ScriptStack { get; init; } = "";
}
