using JsRun.AspNetCore.Tests.Fakes;
using JsRun.Functions;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace JsRun.AspNetCore.Tests.Kestrel;

/// <summary>A folder of functions, served by Kestrel on a port of its own. Beside the functions there are gates and signals that they reach with <c>fetch</c>.</summary>
internal sealed class EdgeServer : IAsyncDisposable
{
    private EdgeServer(WebApplication app, TempFolder folder, LogCollector log, Gates gates)
    {
        App = app;
        Folder = folder;
        Log = log;
        Gates = gates;
        Url = new Uri(app.Urls.Single());
        Client = new HttpClient { BaseAddress = Url, Timeout = TimeSpan.FromSeconds(60) };
    }

    public WebApplication App { get; }

    public TempFolder Folder { get; }

    public LogCollector Log { get; }

    public Gates Gates { get; }

    public Uri Url { get; }

    public HttpClient Client { get; }

    public IEdgeFunctionHost Host => App.Services.GetRequiredService<IEdgeFunctionHost>();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>One function, <c>f.ts</c>.</summary>
    public static Task<EdgeServer> ServeAsync(string code, params (string Key, string Value)[] settings) => StartAsync(new() { ["f.ts"] = code }, settings);

    /// <summary>One function, <c>f.ts</c>, in an application that has more.</summary>
    public static Task<EdgeServer> ServeAsync(string code, Action<WebApplicationBuilder> build, Action<WebApplication> use, params (string Key, string Value)[] settings) =>
        StartAsync(new() { ["f.ts"] = code }, build, (app, _) => use(app), settings);

    public static Task<EdgeServer> StartAsync(Dictionary<string, string> files, params (string Key, string Value)[] settings) => StartAsync(files, null, null, settings);

    /// <summary>With services and middleware of the application's own, whose last word is what the functions' endpoints are to have.</summary>
    public static async Task<EdgeServer> StartAsync(
        Dictionary<string, string> files, Action<WebApplicationBuilder>? build, Action<WebApplication, Action<Action<JsEndpointConventionBuilder>>>? use, params (string Key, string Value)[] settings)
    {
        var folder = new TempFolder();
        foreach (var (file, code) in files)
        {
            folder.Write(file, code);
        }

        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { EnvironmentName = "Production" });
        var log = new LogCollector();
        ((IConfigurationBuilder)builder.Configuration).Sources.Clear();
        builder.Configuration.AddInMemoryCollection([
            new("JsRun:Functions:Path", folder.Path),
            new("JsRun:Permissions:0", "net:127.0.0.1"),
            new("JsRun:Images:Tier", TestTier.For(settings)),
            new("JsRun:Images:CachePath", TestTier.CachePath),
            .. settings.Any(static s => s.Key == "Placement") ? [] : (KeyValuePair<string, string?>[])[new("JsRun:Placement", TestTier.Placement)],
            .. settings.Select(s => new KeyValuePair<string, string?>("JsRun:" + s.Key, s.Value))]);
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders().AddProvider(log).SetMinimumLevel(LogLevel.Debug);
        builder.Services.AddJsRun();
        build?.Invoke(builder);
        var app = builder.Build();
        var gates = new Gates();
        Action<JsEndpointConventionBuilder>? conventions = null;
        use?.Invoke(app, then => conventions += then);
        gates.Map(app);
        var functions = app.MapJsFunctions().WithMetadata(new DisableRequestSizeLimitAttribute());
        conventions?.Invoke(functions);
        app.MapJsStatus().AllowAnonymous();
        await app.StartAsync(Token);
        await TestTier.ReachedAsync(app.Services.GetRequiredService<IEdgeFunctionHost>(), log, TestTier.For(settings));
        return new EdgeServer(app, folder, log, gates);
    }

    /// <summary>Waits until the pool has every lease back.</summary>
    public async Task LeasesReturnedAsync()
    {
        using var wedged = CancellationTokenSource.CreateLinkedTokenSource(Token);
        wedged.CancelAfter(TimeSpan.FromSeconds(30));
        while (Host.GetPoolStatus().Leases > 0)
        {
            await Task.Delay(5, wedged.Token);
        }
    }

    public Task<string> GetStringAsync(string path) => Client.GetStringAsync(path, Token);

    public Task<HttpResponseMessage> GetAsync(string path) => Client.GetAsync(path, Token);

    /// <summary>Answers as soon as the headers are there.</summary>
    public Task<HttpResponseMessage> GetHeadersAsync(string path) => Client.GetAsync(path, HttpCompletionOption.ResponseHeadersRead, Token);

    public async ValueTask DisposeAsync()
    {
        Gates.OpenAll();
        Client.Dispose();
        await App.StopAsync(Token);
        await App.DisposeAsync();
        Folder.Dispose();
    }
}
