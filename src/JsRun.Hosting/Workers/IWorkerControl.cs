using JsRun.Workers.Brokering;

namespace JsRun.Workers;

/// <summary>What the host asks of a worker.</summary>
internal interface IWorkerControl
{
    /// <summary>Deploys a function, or reads its files again if it is deployed.</summary>
    Task<FunctionReport> DeployAsync(FunctionOrder order, CancellationToken cancellationToken);

    /// <summary>Removes a function. Its requests finish.</summary>
    Task RemoveAsync(int id, CancellationToken cancellationToken);

    /// <summary>A time limit of a request has passed in the host.</summary>
    Task ExpireAsync(string token, CancellationToken cancellationToken);

    /// <summary>Messages of broadcast channels from other workers.</summary>
    Task BroadcastAsync(IReadOnlyList<BroadcastMessage> messages, CancellationToken cancellationToken);

    /// <summary>The state of the group's pool, and of its functions.</summary>
    Task<WorkerReport> ReportAsync(CancellationToken cancellationToken);

    /// <summary>Requests are told that the host stops, and the process ends when the last has ended.</summary>
    Task StopAsync(CancellationToken cancellationToken);
}
