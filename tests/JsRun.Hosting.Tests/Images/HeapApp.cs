namespace JsRun.Hosting.Tests.Images;

/// <summary>A host whose functions are served from heap images, with a cache of its own.</summary>
internal sealed class HeapApp : IAsyncDisposable
{
    private HeapApp(FunctionApp app, string cache)
    {
        App = app;
        Cache = cache;
    }

    public FunctionApp App { get; }

    public string Cache { get; }

    public static async Task<HeapApp> StartAsync(Action<JsRunOptions>? configure = null, string? cache = null)
    {
        cache ??= Path.Combine(Directory.CreateTempSubdirectory("jsrun-images-").FullName, "own");
        return new HeapApp(
            await FunctionApp.StartAsync(options =>
            {
                options.Images.Tier = JsImageTier.Heap;
                options.Images.CachePath = cache;
                configure?.Invoke(options);
            }),
            cache);
    }

    /// <summary>Deploys a handler and waits until its image serves.</summary>
    public async Task<EdgeFunction> HandleAsync(string body, string top = "", string? file = null)
    {
        var function = await App.HandleAsync(body, file, top);
        await ServesFromHeapAsync(function);
        return function;
    }

    public Task ServesFromHeapAsync(EdgeFunction function) =>
        Eventually.HoldsAsync(() => function.Tier == JsImageTier.Heap, () => $"{function.TierReason} {string.Join("\n", App.Logs.Entries.Select(e => e.Message))}");

    public ValueTask DisposeAsync() => App.DisposeAsync();
}
