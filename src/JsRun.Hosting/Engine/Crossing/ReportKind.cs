namespace JsRun.Engine.Crossing;

/// <summary>The kind of an error that nobody caught. Mirrors <c>JavaScript/src/kernel/ops.ts</c>.</summary>
internal enum ReportKind
{
    /// <summary>The error of a callback: a timer's or an event listener's.</summary>
    Error = 0,

    /// <summary>The reason of a promise whose rejection nobody handles.</summary>
    UnhandledRejection = 1,

    /// <summary>The error that an entry itself failed with, which ends the operation that the entry was made for.</summary>
    Entry = 2,
}
