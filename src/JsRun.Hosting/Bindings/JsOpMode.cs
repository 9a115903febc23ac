namespace JsRun;

/// <summary>Specifies the way in which an op returns its result.</summary>
public enum JsOpMode
{
    /// <summary>With its value: JavaScript waits for the handler.</summary>
    Sync,

    /// <summary>With a promise: the handler returns a <see cref="Task"/> or <see cref="ValueTask"/>.</summary>
    Async,
}
