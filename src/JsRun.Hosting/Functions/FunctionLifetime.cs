using JsRun.Diagnostics;
using JsRun.Engine.Isolates;
using JsRun.Groups;
using JsRun.Options;
using JsRun.Workers;
using JsRun.Workers.Serving;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace JsRun.Functions;

/// <summary>Warms the pools before servers listen, and drains them when the host stops.</summary>
internal sealed class FunctionLifetime(PoolGroups groups, IEdgeFunctionHost functions, IHostApplicationLifetime host, WorkerPlacement workers, IsolateServices isolates, GuardedLoggerFactory loggers, WorkerIdentity? worker = null) : IHostedLifecycleService
{
    public async Task StartingAsync(CancellationToken cancellationToken)
    {
        var most = groups.All.Where(static g => g.IsHosted).Sum(static g => g.Pool.Status.MaxIsolates * (g.Options.Limits.MaxHeapBytes + g.Options.Limits.MaxArrayBufferBytes));
        // In a worker the limit is that of .NET's own memory alone.
        if (most > MemoryDefaults.OfProcess.Memory && worker is null)
        {
            Pooling.PoolLog.MemoryIsShort(loggers.CreateLogger<FunctionLifetime>(), most >> 20, MemoryDefaults.OfProcess.Memory >> 20);
        }

        if (worker is null)
        {
            workers.Check();
        }

        // Before servers wait for the requests that are under way: streams are to end by themselves.
        host.ApplicationStopping.UnsafeRegister(static lifetime => ((FunctionLifetime)lifetime!).TellOfStop(), this);
        await Task.WhenAll(groups.All.Where(static g => g.IsHosted).Select(g => g.Pool.WarmAsync())).ConfigureAwait(false);
        ThrowIfLibraryFailed();
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>A pool that starts empty makes its first isolate for the functions that were deployed meanwhile.</summary>
    public Task StartedAsync(CancellationToken cancellationToken)
    {
        ThrowIfLibraryFailed();
        return Task.CompletedTask;
    }

    public Task StoppingAsync(CancellationToken cancellationToken)
    {
        (functions as EdgeFunctionHost)?.StopDeploying();
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Servers have stopped taking requests; what <c>waitUntil</c> keeps may end within the host's shutdown timeout.</summary>
    public async Task StoppedAsync(CancellationToken cancellationToken)
    {
        await workers.StopAsync(cancellationToken).ConfigureAwait(false);
        foreach (var group in groups.All)
        {
            group.Context.Shared.IsDraining = true;
            foreach (var isolate in group.Pool.Isolates)
            {
                isolate.Drain();
            }

            if (!await group.Pool.DrainAsync(cancellationToken).ConfigureAwait(false))
            {
                Pooling.PoolLog.NotDrained(loggers.CreateLogger<FunctionLifetime>(), group.Name);
                // Now, and not when the container ends: the pipelines, which end before the pools, would wait half a minute for what still runs.
                await group.Pool.DisposeAsync().ConfigureAwait(false);
            }
        }
    }

    private void TellOfStop()
    {
        foreach (var group in groups.All)
        {
            // Of requests that begin after this one, each is told when it begins.
            group.Context.Shared.IsStopping = true;
            foreach (var isolate in group.Pool.Isolates)
            {
                isolate.TellOfStop();
            }
        }
    }

    private void ThrowIfLibraryFailed()
    {
        if (isolates.LibraryFailure is { } failure)
        {
            throw new PlatformNotSupportedException(failure.Message, failure);
        }
    }
}
