using System.Text.Json;
using System.Text.RegularExpressions;
using JsRun.Runtimes;
using Microsoft.Extensions.DependencyInjection;

namespace JsRun.Wpt;

/// <summary>Evaluates web-platform-tests in the product, as an embedder would: a runtime for each, through the public API.</summary>
internal sealed partial class ScriptRunner(IReadOnlyList<string> permissions) : IAsyncDisposable
{
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(70);

    private readonly ServiceProvider _services = new ServiceCollection().AddLogging().AddJsRun(static options => options.Limits.MaxSubrequests = 10_000).Services.BuildServiceProvider();

    /// <summary>Gives what the script's promise resolves to, or a line of the same form that says why there is nothing.</summary>
    public async Task<string> RunAsync(string path)
    {
        using var limit = new CancellationTokenSource(Longest);
        try
        {
            var options = new JsRuntimeOptions { Surface = JsSurface.Full, MaxHeapBytes = 512L << 20, OnUncaughtError = static _ => { }, Console = { OnMessage = static _ => { } } };
            foreach (var permission in permissions)
            {
                options.Permissions.Add(permission);
            }

            var script = await File.ReadAllTextAsync(path, limit.Token);
            await using var runtime = await _services.GetRequiredService<IJsRuntimeFactory>().CreateAsync(options, limit.Token);
            return (await runtime.EvaluateTextAsync(script, SourceUrl().Match(script) is { Success: true } url ? url.Value : Path.GetFileName(path), limit.Token)).Text;
        }
        catch (Exception e) when (e is JsRunException or OperationCanceledException)
        {
            return JsonSerializer.Serialize(new { wpt = 1, status = e.GetType().Name, message = e.Message, tests = Array.Empty<object>() });
        }
    }

    public ValueTask DisposeAsync() => _services.DisposeAsync();

    // The first line says where a browser would have the script from; tests look for it in the places of errors.
    [GeneratedRegex("""(?<=\AglobalThis\.__wpt = \{"href":"[^"]*","source":")[^"]+""")]
    private static partial Regex SourceUrl();
}
