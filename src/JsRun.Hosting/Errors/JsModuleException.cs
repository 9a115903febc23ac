namespace JsRun;

/// <summary>A module could not be found, compiled, linked, or its top level evaluated in time. The message holds file, line, column and a code frame where known.</summary>
/// <remarks>Immutable but for what <see cref="Exception"/> itself lets be changed.</remarks>
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

    /// <summary>The full path of the file that is at fault.</summary>
    /// <value><see langword="null"/> where no file is.</value>
    public string? File { get; init; }

    /// <summary>The line in <see cref="File"/>, from 1.</summary>
    /// <value>0 where it is not known.</value>
    public int Line { get; init; }

    /// <summary>The column in <see cref="File"/>, in UTF-16 code units, from 1.</summary>
    /// <value>0 where it is not known.</value>
    public int Column { get; init; }

    /// <summary>Gets whether a text is at fault, which fails again however often it is read: a <c>SyntaxError</c> for its importers.</summary>
    internal bool IsSyntax { get; init; }

    /// <summary>The message for scripts, if <see cref="Exception.Message"/> says more than they are to read.</summary>
    internal string? ScriptMessage { get; init; }
}
