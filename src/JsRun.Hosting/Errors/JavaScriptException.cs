using JsRun.Errors;

namespace JsRun;

/// <summary>The script threw, or a promise that the host waited for was rejected.</summary>
/// <remarks>Immutable but for what <see cref="Exception"/> itself lets be changed.</remarks>
public sealed class JavaScriptException : JsRunException
{
    private IReadOnlyList<JsStackFrame>? _frames;
    private string? _jsMessage;

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
    /// <param name="innerException">The cause: what the error's <c>cause</c> is, or the exception of the host's that went through the script.</param>
    public JavaScriptException(string message, Exception? innerException)
        : base(message, innerException)
    {
    }

    /// <summary>The error's <c>name</c>.</summary>
    /// <value>The default is <c>Error</c>, which also stands for a thrown value that is not an error.</value>
    public string Name { get; init; } = "Error";

    /// <summary>The error's own <c>message</c>, without its name; or the text of the thrown value if it is not an error.</summary>
    /// <value>The default is <see cref="Exception.Message"/>.</value>
    public string JsMessage
    {
        get => _jsMessage ?? Message;
        init => _jsMessage = value;
    }

    /// <summary>The error's <c>stack</c>, with the author's files and lines.</summary>
    /// <value>Empty where what was thrown has none.</value>
    public string JsStack { get; init; } = "";

    /// <summary>The name of the script or module at fault, as it was given: of the innermost frame that has a place, or of the text that is not a script.</summary>
    /// <value><see langword="null"/> if it is not known.</value>
    public string? FileName => Place?.FileName;

    /// <summary>The line in <see cref="FileName"/>, from 1.</summary>
    /// <value>0 if it is not known.</value>
    public int Line => Place?.LineNumber ?? 0;

    /// <summary>The column in <see cref="FileName"/>, in UTF-16 code units, from 1.</summary>
    /// <value>0 if it is not known.</value>
    public int Column => Place?.ColumnNumber ?? 0;

    /// <summary>Gets the script's stack, followed by that of .NET. <see cref="object.ToString"/> and the log show both.</summary>
    public override string? StackTrace
    {
        get
        {
            var script = string.Join(Environment.NewLine, Frames.Select(frame => $"   at {frame}"));
            return script.Length == 0 ? base.StackTrace : base.StackTrace is { } host ? $"{script}{Environment.NewLine}{host}" : script;
        }
    }

    private JsStackFrame? Place => Frames.FirstOrDefault(frame => frame.LineNumber > 0);

    /// <summary>The frames of <see cref="JsStack"/>, the innermost one first.</summary>
    public IReadOnlyList<JsStackFrame> Frames => _frames ??= StackFrameParser.Parse(JsStack);

    /// <summary>The error's <c>cause</c>, as if it had been thrown.</summary>
    /// <value><see langword="null"/> where it has none.</value>
    public JavaScriptException? Cause { get; init; }

    /// <summary>The errors of an <c>AggregateError</c>, as if each had been thrown.</summary>
    /// <value>Empty for other errors.</value>
    public IReadOnlyList<JavaScriptException> Errors { get; init; } = [];

    /// <summary>Gets the other enumerable properties of the error, as far as they can be converted.</summary>
    /// <value>Empty by default.</value>
    public IReadOnlyDictionary<string, object?> Properties { get; init; } = new Dictionary<string, object?>();

    /// <summary>Gets the thrown value: a <see cref="JsErrorValue"/> for an error, otherwise the value itself.</summary>
    public object? ThrownValue { get; init; }
}
