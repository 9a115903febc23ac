using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace JsRun.Hosting.Tests.Faults;

/// <summary>A host whose logging provider throws at every message, whose HTTP client has a handler that throws, and a runtime that must not notice.</summary>
public sealed class FaultyHost : IAsyncLifetime
{
    private readonly ThrowingLoggers _loggers = new();
    private TestHost? _host;
    private IJsRuntime? _neighbour;

    internal int Messages => _loggers.Messages;

    internal IJsRuntimeFactory Runtimes => _host!.Runtimes;

    public async ValueTask InitializeAsync()
    {
        _host = await TestHost.StartAsync(services: services =>
        {
            services.AddLogging(logging => logging.AddProvider(_loggers));
            services.AddTransient<FaultyHandler>();
            services.AddHttpClient("JsRun").AddHttpMessageHandler<FaultyHandler>();
        });
        _neighbour = await _host.Runtimes.CreateAsync(cancellationToken: TestContext.Current.CancellationToken);
        _neighbour.Evaluate("var calls = 0");
    }

    /// <summary>That another runtime still has its state, and new ones can be had.</summary>
    internal async Task ShouldServeOthersAsync()
    {
        _neighbour!.Evaluate<bool>("++calls > 0").ShouldBeTrue();
        await using var rented = await Runtimes.RentAsync(TestContext.Current.CancellationToken);
        (await rented.EvaluateAsync("new Promise(r => setTimeout(r, 0, 1))", TestContext.Current.CancellationToken)).ShouldBe(1L);
    }

    public async ValueTask DisposeAsync()
    {
        await _neighbour!.DisposeAsync();
        await _host!.DisposeAsync();
    }
}
