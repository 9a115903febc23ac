using JsRun.Functions;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace JsRun.Hosting.Tests;

/// <summary>A started host with JsRun, and the messages that it logged.</summary>
internal sealed class TestHost : IAsyncDisposable
{
    private readonly IHost _host;

    private TestHost(IHost host, LogCollector logs)
    {
        _host = host;
        Logs = logs;
    }

    public LogCollector Logs { get; }

    public IServiceProvider Services => _host.Services;

    public IJsRuntimeFactory Runtimes => Services.GetRequiredService<IJsRuntimeFactory>();

    public IEdgeFunctionHost Functions => Services.GetRequiredService<IEdgeFunctionHost>();

    public static async Task<TestHost> StartAsync(Action<JsRunOptions>? configure = null, Action<IServiceCollection>? services = null)
    {
        var logs = new LogCollector();
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Logging.AddProvider(logs).SetMinimumLevel(LogLevel.Trace);
        builder.Services.AddJsRun(options =>
        {
            options.Images.Tier = TestTier.Value;
            options.Images.CachePath = TestTier.CachePath;
            configure?.Invoke(options);
        });
        services?.Invoke(builder.Services);
        var host = builder.Build();
        await host.StartAsync(TestContext.Current.CancellationToken);
        return new TestHost(host, logs);
    }

    public async ValueTask DisposeAsync()
    {
        await _host.StopAsync();
        await ((IAsyncDisposable)_host).DisposeAsync();
    }
}
