namespace JsRun.Images.Building;

/// <summary>Runs a job in a process of its own: <see cref="WorkerProcess.RunAsync"/>.</summary>
internal delegate Task<(WorkerReply Reply, byte[] Blob)> RunWorker(WorkerJob job, ReadOnlyMemory<byte> blob, CancellationToken cancellationToken);
