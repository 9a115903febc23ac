using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace JsRun.Functions;

/// <summary>Warms the pools before servers listen, and drains them when the host stops.</summary>
internal sealed class FunctionLifetime(FunctionGroups groups, ILogger<FunctionLifetime> logger) : IHostedLifecycleService
{
    public Task StartingAsync(CancellationToken cancellationToken) => Task.WhenAll(groups.All.Select(g => g.Pool.WarmAsync()));

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Servers have stopped taking requests; what <c>waitUntil</c> keeps may end within the host's shutdown timeout.</summary>
    public async Task StoppedAsync(CancellationToken cancellationToken)
    {
        foreach (var group in groups.All)
        {
            if (!await group.Pool.DrainAsync(cancellationToken).ConfigureAwait(false))
            {
                Pooling.PoolLog.NotDrained(logger, group.Name);
                // Now, and not when the container ends: the pipelines, which end before the pools, would wait half a minute for what still runs.
                await group.Pool.DisposeAsync().ConfigureAwait(false);
            }
        }
    }
}
