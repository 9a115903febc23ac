using JsRun.Functions;

namespace JsRun.Hosting.Tests.Images;

/// <summary>A host whose functions are served from heap images, with a cache of its own.</summary>
internal sealed class HeapApp : IAsyncDisposable
{
    private readonly CacheFolder? _own;

    private HeapApp(FunctionApp app, string cache, CacheFolder? own)
    {
        App = app;
        Cache = cache;
        _own = own;
    }

    public FunctionApp App { get; }

    public string Cache { get; }

    public static async Task<HeapApp> StartAsync(Action<JsRunOptions>? configure = null, string? cache = null)
    {
        var own = cache is null ? new CacheFolder() : null;
        cache ??= own!.Path;
        return new HeapApp(
            await FunctionApp.StartAsync(options =>
            {
                options.Images.Tier = JsImageMode.Heap;
                options.Images.CachePath = cache;
                configure?.Invoke(options);
            }),
            cache,
            own);
    }

    /// <summary>Deploys a handler and waits until its image serves.</summary>
    public async Task<EdgeFunction> HandleAsync(string body, string top = "", string? file = null)
    {
        var function = await App.HandleAsync(body, file, top);
        await ServesFromHeapAsync(function);
        return function;
    }

    // An image is built by another process, ten seconds of its time on a busy machine: the ceiling leaves room for several.
    public Task ServesFromHeapAsync(EdgeFunction function) =>
        Eventually.HoldsAsync(() => function.Tier == JsImageTier.Heap, () => $"{function.TierReason} {string.Join("\n", App.Logs.Entries.Select(e => e.Message))}", ceiling: 180_000);

    public async ValueTask DisposeAsync()
    {
        await App.DisposeAsync();
        _own?.Dispose();
    }
}
