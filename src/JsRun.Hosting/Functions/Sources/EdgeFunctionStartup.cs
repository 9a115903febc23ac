using Microsoft.Extensions.Hosting;

namespace JsRun.Functions.Sources;

/// <summary>Deploys the functions before servers listen. Registered after the service that warms the pools.</summary>
internal sealed class EdgeFunctionStartup(EdgeFunctionSources sources) : IHostedLifecycleService
{
    public async Task StartingAsync(CancellationToken cancellationToken)
    {
        try
        {
            // In their order as far as each can go without waiting; then none waits for another.
            await Task.WhenAll(sources.All.Select(s => s.DeployAsync(cancellationToken).AsTask()).ToArray()).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // A stop that was asked for before the start had ended: no failure.
        }
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken)
    {
        foreach (var source in sources.All)
        {
            source.Stop();
        }

        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
