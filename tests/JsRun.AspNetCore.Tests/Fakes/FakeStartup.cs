using JsRun.Functions.Sources;
using Microsoft.Extensions.Hosting;

namespace JsRun.AspNetCore.Tests.Fakes;

/// <summary>Deploys the sources as Hosting does, without pools to warm.</summary>
internal sealed class FakeStartup(EdgeFunctionSources sources) : IHostedService
{
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        foreach (var source in sources.All)
        {
            await source.DeployAsync(cancellationToken);
        }
    }

    public Task StopAsync(CancellationToken cancellationToken)
    {
        foreach (var source in sources.All)
        {
            source.Stop();
        }

        return Task.CompletedTask;
    }
}
