namespace JsRun;

/// <summary>A kind of execution that a runtime counts.</summary>
public enum JsExecutionKind
{
    /// <summary>None yet.</summary>
    None,

    /// <summary>A synchronous evaluation.</summary>
    Evaluate,

    /// <summary>An asynchronous evaluation.</summary>
    EvaluateAsync,

    /// <summary>A synchronous import of a module.</summary>
    Import,

    /// <summary>An asynchronous import of a module.</summary>
    ImportAsync,

    /// <summary>A synchronous call of a function.</summary>
    Call,

    /// <summary>An asynchronous call of a function.</summary>
    CallAsync,
}
