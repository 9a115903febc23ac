using System.IO.Pipelines;
using JsRun.Images.Building;
using JsRun.Workers.Brokering;

namespace JsRun.Workers;

/// <summary>What a worker asks of the host. Nothing that it says is trusted: permissions, limits and the depth of calls are checked here.</summary>
internal interface IWorkerBroker
{
    /// <summary>Sends a request of a script.</summary>
    Task<FetchReport> FetchAsync(FetchOrder order, IDuplexPipe body, CancellationToken cancellationToken);

    /// <summary>Opens a WebSocket of a script.</summary>
    Task<SocketReport> OpenSocketAsync(SocketOrder order, IDuplexPipe messages, CancellationToken cancellationToken);

    /// <summary>Writes to the host's log.</summary>
    Task LogAsync(IReadOnlyList<WorkerLogEntry> entries, long dropped);

    /// <summary>The worker has sealed itself: the measures that confine it.</summary>
    Task ConfinedAsync(string report);

    /// <summary>Builds, or checks, an image in a process of its own, which a worker cannot start.</summary>
    Task<ImageReport> BuildImageAsync(WorkerJob job, IDuplexPipe blobs, CancellationToken cancellationToken);

    /// <summary>Compiles a module, or takes it from the host's cache.</summary>
    Task<CompileReport> CompileAsync(CompileOrder order, CancellationToken cancellationToken);

    /// <summary>Calls a function of a binding.</summary>
    Task<HostCallReport> CallAsync(HostCallOrder order, CancellationToken cancellationToken);

    /// <summary>Calls the group's cache store.</summary>
    Task<CacheReport> CacheAsync(CacheOrder order, IDuplexPipe? entries, CancellationToken cancellationToken);

    /// <summary>Takes messages of broadcast channels to the other workers of the group, in order.</summary>
    Task BroadcastAsync(IReadOnlyList<BroadcastMessage> messages);

    /// <summary>The state of a function has changed.</summary>
    Task FunctionChangedAsync(FunctionReport report);
}
