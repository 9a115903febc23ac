using Microsoft.Extensions.Hosting;

namespace JsRun.Functions;

/// <summary>Deploys the functions before servers listen. Registered after the service that warms the pools.</summary>
internal sealed class EdgeFunctionStartup(EdgeFunctionSources sources) : IHostedLifecycleService
{
    public async Task StartingAsync(CancellationToken cancellationToken)
    {
        foreach (var source in sources.All)
        {
            await source.DeployAsync(cancellationToken).ConfigureAwait(false);
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
