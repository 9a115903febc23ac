using System.Text.Json;
using JsRun.Runtimes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace JsRun.AspNetCore.Tests.Fetch;

/// <summary>Two origins that Kestrel serves, and a runtime whose scripts reach them as <c>up</c> and <c>other</c>.</summary>
internal sealed class FetchLab : IAsyncDisposable
{
    private static readonly TimeSpan Wedge = TimeSpan.FromSeconds(30);

    private readonly WebApplication _app;

    private FetchLab(WebApplication app, IJsRuntime runtime, string up, string other)
    {
        _app = app;
        Runtime = runtime;
        (Up, Other) = (up, other);
    }

    public IJsRuntime Runtime { get; }

    public string Up { get; }

    public string Other { get; }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static async Task<FetchLab> StartAsync(Action<WebApplication> map, Action<JsRunOptions>? options = null, Action<JsRuntimeOptions>? runtime = null)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0", "http://127.0.0.1:0").ConfigureKestrel(kestrel => kestrel.Limits.MaxRequestBodySize = null);
        builder.Services.AddJsRun(options);
        var app = builder.Build();
        app.UseWebSockets();
        map(app);
        await app.StartAsync(Token);
        var settings = new JsRuntimeOptions { Permissions = { "net:127.0.0.1" } };
        runtime?.Invoke(settings);
        var made = await app.Services.GetRequiredService<IJsRuntimeFactory>().CreateAsync(settings, Token);
        var urls = app.Urls.ToArray();
        await made.EvaluateTextAsync($"globalThis.up = '{urls[0]}'; globalThis.other = '{urls[1]}';", cancellationToken: Token);
        return new FetchLab(app, made, urls[0], urls[1]);
    }

    /// <summary>Runs the body of an asynchronous function and gives what it returns as JSON.</summary>
    public async Task<string> RunAsync(string body)
    {
        var result = await Runtime.EvaluateTextAsync($"(async () => {{ {body} }})().then((value) => JSON.stringify(value) ?? 'undefined')", cancellationToken: Token).AsTask().WaitAsync(Wedge, Token);
        return result.Text;
    }

    /// <summary>What a request looks like from the other side.</summary>
    public static async Task DescribeAsync(HttpContext context)
    {
        using var reader = new StreamReader(context.Request.Body);
        var body = await reader.ReadToEndAsync(context.RequestAborted);
        await context.Response.WriteAsync(JsonSerializer.Serialize(new
        {
            method = context.Request.Method,
            path = context.Request.Path.Value + context.Request.QueryString,
            headers = context.Request.Headers.ToDictionary(h => h.Key.ToLowerInvariant(), h => h.Value.ToString()),
            body,
        }));
    }

    public async ValueTask DisposeAsync()
    {
        await Runtime.DisposeAsync();
        await _app.StopAsync(Token);
        await _app.DisposeAsync();
    }
}
