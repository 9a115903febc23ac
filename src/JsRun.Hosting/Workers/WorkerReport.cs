namespace JsRun.Workers;

/// <summary>The state of a worker.</summary>
internal sealed record WorkerReport(JsPoolStatus Pool, IReadOnlyList<FunctionReport> Functions);
