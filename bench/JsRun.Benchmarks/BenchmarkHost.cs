using JsRun.Functions;
using JsRun.Images;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace JsRun.Benchmarks;

/// <summary>A started host with JsRun, and a folder of functions.</summary>
internal sealed class BenchmarkHost : IAsyncDisposable
{
    private readonly IHost _host;
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("jsrun-bench-");

    private BenchmarkHost(IHost host) => _host = host;

    public IJsRuntimeFactory Runtimes => _host.Services.GetRequiredService<IJsRuntimeFactory>();

    public static async Task<BenchmarkHost> StartAsync(Action<JsRunOptions>? configure = null)
    {
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Services.AddJsRun(configure);
        var host = builder.Build();
        await host.StartAsync();
        return new BenchmarkHost(host);
    }

    public async Task<EdgeFunction> DeployAsync(string source)
    {
        await File.WriteAllTextAsync(Path.Combine(_folder.FullName, "function.js"), source);
        var function = await _host.Services.GetRequiredService<IEdgeFunctionHost>()
            .DeployAsync(new EdgeFunctionDescriptor { Name = "/function", Root = _folder.FullName, File = "function.js" });
        return function.State == EdgeFunctionState.Ready ? function : throw new InvalidOperationException(function.Error);
    }

    /// <summary>Waits until the function's contexts start from that tier.</summary>
    public static async Task ReachTierAsync(EdgeFunction function, JsImageTier tier)
    {
        while (function.Tier != tier)
        {
            if (function.TierReason?.StartsWith("Its heap image is being", StringComparison.Ordinal) != true)
            {
                throw new InvalidOperationException(function.TierReason);
            }

            await Task.Delay(20);
        }
    }

    /// <summary>Waits until isolates of their own start from an image of the web layer.</summary>
    public async Task ReachWebLayerAsync(JsImageTier tier)
    {
        var layer = _host.Services.GetRequiredService<ImageTiers>().WebLayer;
        for (var image = layer.Acquire(); tier == JsImageTier.Heap; image = layer.Acquire())
        {
            if (image is not null)
            {
                image.Release();
                return;
            }

            await Task.Delay(20);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _host.StopAsync();
        await ((IAsyncDisposable)_host).DisposeAsync();
        _folder.Delete(recursive: true);
    }
}
