namespace JsRun;

/// <summary>The script reached a limit of memory: of V8's heap, or of what memories of WebAssembly may hold. Its isolate is replaced, or its context where that is enough.</summary>
/// <remarks>Immutable but for what <see cref="Exception"/> itself lets be changed.</remarks>
public sealed class JsMemoryLimitException : JsRunException
{
    /// <summary>The limit, for metrics.</summary>
    internal string Limit { get; init; } = nameof(JsRunLimitsOptions.MaxHeapBytes);

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
