namespace JsRun;

/// <summary>How an op answers.</summary>
public enum JsOpMode
{
    /// <summary>With its value: JavaScript waits for the handler.</summary>
    Sync,

    /// <summary>With a promise: the handler returns a <see cref="Task"/> or <see cref="ValueTask"/>.</summary>
    Async,
}
