namespace JsRun.Workers.Serving;

/// <summary>Says that this process is a worker. Only in a worker's container.</summary>
internal sealed record WorkerIdentity(WorkerSettings Settings);
