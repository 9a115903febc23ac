using JsRun.Functions;
using Microsoft.Extensions.DependencyInjection;

namespace JsRun.Hosting.Tests;

/// <summary>A started host, and functions in a folder of the test's own.</summary>
internal sealed class FunctionApp : IAsyncDisposable
{
    private readonly string _root = Directory.CreateTempSubdirectory("jsrun-functions-").FullName;

    private int _functions;
    private EdgeFunction? _echo;

    private FunctionApp(TestHost host) => Host = host;

    public TestHost Host { get; }

    public LogCollector Logs => Host.Logs;

    public JsPoolStatus Pool => Host.Functions.GetPoolStatus();

    public static async Task<FunctionApp> StartAsync(Action<JsRunOptions>? configure = null, TimeProvider? time = null, Action<IServiceCollection>? services = null) =>
        new(await TestHost.StartAsync(configure, collection =>
        {
            if (time is not null)
            {
                collection.AddSingleton(time);
            }

            services?.Invoke(collection);
        }));

    public void Write(string file, string code) => Write(file, System.Text.Encoding.UTF8.GetBytes(code));

    public void Write(string file, byte[] content)
    {
        var path = Path.Combine(_root, file);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllBytes(path, content);
    }

    /// <summary>Deploys a module, whatever comes of it.</summary>
    public async Task<EdgeFunction> TryDeployAsync(string code, string? file = null)
    {
        file ??= $"function{++_functions}.js";
        Write(file, code);
        return await DeployFileAsync(file, group: "");
    }

    /// <summary>Deploys a file that was written before.</summary>
    public ValueTask<EdgeFunction> DeployFileAsync(string file, string group, bool waitsForTopLevel = true) =>
        Host.Functions.DeployAsync(new EdgeFunctionDescriptor { Name = file, Root = _root, File = file, Group = group, WaitsForTopLevel = waitsForTopLevel }, TestContext.Current.CancellationToken);

    /// <summary>Deploys a module that must be sound.</summary>
    public async Task<EdgeFunction> DeployAsync(string code, string? file = null)
    {
        var function = await TryDeployAsync(code, file);
        function.Error.ShouldBeNull();
        function.State.ShouldBe(EdgeFunctionState.Ready);
        return function;
    }

    /// <summary>Deploys a handler by its body, which sees <c>request</c>, <c>env</c>, <c>ctx</c> and <c>url</c>.</summary>
    public Task<EdgeFunction> HandleAsync(string body, string? file = null, string top = "") =>
        DeployAsync($"{top}\nexport default {{ async fetch(request, env, ctx) {{ const url = new URL(request.url); {body} }} }}", file);

    /// <summary>Deploys a function that answers its path, to see whether others still work.</summary>
    public async Task<EdgeFunction> EchoAsync() => _echo ??= await HandleAsync("return new Response(url.pathname);", "echo.js");

    /// <summary>Waits until the pool has every lease back.</summary>
    public Task LeasesReturnedAsync() => Eventually.HoldsAsync(() => Pool.Leases == 0, () => $"{Pool}");

    public async ValueTask DisposeAsync()
    {
        await Host.DisposeAsync();
        Directory.Delete(_root, recursive: true);
    }
}
