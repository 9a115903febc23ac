using JsRun.Functions;
using JsRun.Functions.Sources;
using JsRun.Options;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace JsRun.AspNetCore.Tests.Fakes;

/// <summary>An application over the test server whose functions run no JavaScript.</summary>
internal sealed class FakeApp : IAsyncDisposable
{
    private FakeApp(WebApplication app, FakeHost host, LogCollector log)
    {
        App = app;
        Host = host;
        Log = log;
        Client = app.GetTestClient();
    }

    public WebApplication App { get; }

    public FakeHost Host { get; }

    public LogCollector Log { get; }

    public HttpClient Client { get; }

    public static async Task<FakeApp> StartAsync(Action<WebApplication> map, FakeHost? host = null, Action<WebApplicationBuilder>? configure = null, string environment = "Production")
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { EnvironmentName = environment });
        var log = new LogCollector();
        host ??= new FakeHost();
        // The sample's appsettings.json lies beside the tests.
        ((IConfigurationBuilder)builder.Configuration).Sources.Clear();
        builder.WebHost.UseTestServer();
        builder.Logging.ClearProviders().AddProvider(log).SetMinimumLevel(LogLevel.Debug);
        builder.Services.AddSingleton<IEdgeFunctionHost>(host);
        builder.Services.AddSingleton<EdgeFunctionSources>().AddSingleton<JsRunGroups>().AddHostedService<FakeStartup>();
        builder.Services.AddOptions<JsRunOptions>().Configure(o => o.Functions.Path = builder.Configuration["JsRun:Functions:Path"]);
        configure?.Invoke(builder);
        var app = builder.Build();
        map(app);
        await app.StartAsync(TestContext.Current.CancellationToken);
        return new FakeApp(app, host, log);
    }

    /// <summary>One function on <c>/f</c>.</summary>
    public static Task<FakeApp> ServeAsync(
        Func<EdgeFunctionRequest, CancellationToken, ValueTask<EdgeFunctionResponse>> handler, Action<WebApplicationBuilder>? configure = null, string environment = "Production")
        => StartAsync(app => app.MapJsFunction("/f/{**rest}", "f.ts"), new FakeHost { OnDeploy = f => f.Handler = handler }, configure, environment);

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await App.DisposeAsync();
    }
}
