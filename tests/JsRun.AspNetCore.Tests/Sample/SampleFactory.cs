using JsRun.AspNetCore.Tests.Fakes;
using JsRun.Functions;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace JsRun.AspNetCore.Tests.Sample;

/// <summary>Starts the sample with its own settings, without watching its files.</summary>
public sealed class SampleFactory : WebApplicationFactory<Program>, IAsyncLifetime
{
    // What heap images cannot hold, as docs/images.md says.
    private static readonly Dictionary<string, string> Replayed = new() { ["wasm.ts"] = "its top level uses WebAssembly" };

    private readonly LogCollector _log = new();

    /// <summary>Starts it, and waits until its functions have reached the tier that the tests run in.</summary>
    public async ValueTask InitializeAsync() => await TestTier.ReachedAsync(Services.GetRequiredService<IEdgeFunctionHost>(), _log, TestTier.Name, Replayed);

    protected override void ConfigureWebHost(IWebHostBuilder builder) => builder.UseEnvironment("Production").UseSetting("JsRun:Functions:Watch", "false")
        .UseSetting("JsRun:Images:Tier", TestTier.Name).UseSetting("JsRun:Images:CachePath", TestTier.CachePath)
        .ConfigureLogging(logging => logging.AddProvider(_log).AddFilter("JsRun", LogLevel.Debug));
}
