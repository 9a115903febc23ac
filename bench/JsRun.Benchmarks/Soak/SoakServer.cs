using JsRun.Diagnostics;
using JsRun.Functions;
using JsRun.Groups;
using JsRun.Scheduling;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace JsRun.Benchmarks;

/// <summary>Kestrel on a free port, and functions of several kinds.</summary>
internal sealed class SoakServer : IAsyncDisposable
{
    private static readonly Dictionary<string, string> Functions = new()
    {
        ["hello.js"] = "export default { fetch: () => new Response('Hello World') };",
        ["json.js"] = "let asked = 0; export default { fetch(request) { const url = new URL(request.url); return Response.json({ asked: ++asked, path: url.pathname, names: [...request.headers.keys()] }); } };",
        ["echo.js"] = "export default { async fetch(request) { const text = await request.text(); return new Response(text.split('\\n').map((line) => line.toUpperCase()).join('\\n')); } };",
        ["stream.js"] = "export default { fetch() { let n = 0; return new Response(new ReadableStream({ pull(c) { if (++n > 8) c.close(); else c.enqueue(new TextEncoder().encode('piece ' + n)); } })); } };",
        ["wait.js"] = "const rows = Array.from({ length: 500 }, (_, id) => ({ id, name: `row ${id}` })); export default { async fetch() { await new Promise((r) => setTimeout(r, 1)); return Response.json(structuredClone(rows.slice(0, 20))); } };",
        ["crypto.js"] = "export default { async fetch() { const hash = await crypto.subtle.digest('SHA-256', crypto.getRandomValues(new Uint8Array(4096))); return new Response(new Uint8Array(hash).join()); } };",
    };

    private readonly WebApplication _app;
    private readonly DirectoryInfo _folder;
    private readonly IEdgeFunctionHost _host;

    private SoakServer(WebApplication app, DirectoryInfo folder, IEnumerable<string> files)
    {
        _app = app;
        _folder = folder;
        _host = app.Services.GetRequiredService<IEdgeFunctionHost>();
        Paths = [.. files.Select(static f => "/" + Path.GetFileNameWithoutExtension(f))];
        Client = new HttpClient { BaseAddress = new Uri(app.Urls.First()) };
    }

    public HttpClient Client { get; }

    public IReadOnlyList<string> Paths { get; }

    public int Isolates => _host.GetPoolStatus().Isolates;

    public string Tiers => string.Join(", ", _host.Functions.GroupBy(static f => f.Tier).Select(static g => $"{g.Key} {g.Count()}"));

    /// <summary>Asks every isolate on its own thread. V8 is not made to collect before: what garbage it keeps is part of what a server takes.</summary>
    public Task<HeapSample[]> ReadHeapsAsync() => Task.WhenAll(_app.Services.GetRequiredService<PoolGroups>().All.SelectMany(static g => g.Pool.Isolates).Select(static isolate =>
    {
        var engine = ((PooledIsolate)isolate).Isolate;
        var read = new TaskCompletionSource<HeapSample>(TaskCreationOptions.RunContinuationsAsynchronously);
        engine.Post(new ActionItem(() => read.SetResult(engine.ReadHeap()), () => read.SetResult(HeapSample.None)));
        return read.Task;
    }));

    public static async Task<SoakServer> StartAsync(JsImageMode tier, string? only)
    {
        var wanted = Functions.Where(f => only is null || f.Key.StartsWith(only, StringComparison.Ordinal)).ToArray();
        var folder = Directory.CreateTempSubdirectory("jsrun-soak-");
        foreach (var (file, source) in wanted)
        {
            await File.WriteAllTextAsync(Path.Combine(folder.FullName, file), source);
        }

        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Services.AddJsRun(options =>
        {
            options.Isolation = JsIsolation.PerRequest;
            options.Images.Tier = tier;
        });
        var app = builder.Build();
        app.MapJsFunctions(path: folder.FullName);
        await app.StartAsync();
        var server = new SoakServer(app, folder, wanted.Select(static f => f.Key));
        if (tier != JsImageMode.Replay)
        {
            // Replay before is no part of the measurement; where there are no images, Auto replays.
            while (server._host.Functions.Any(static f => f.Tier != JsImageTier.Heap && f.TierReason?.StartsWith("Its heap image is being", StringComparison.Ordinal) == true))
            {
                await Task.Delay(50);
            }
        }

        return server;
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await _app.StopAsync();
        await _app.DisposeAsync();
        _folder.Delete(recursive: true);
    }
}
