namespace JsRun.Benchmarks;

/// <summary>A new isolate with all web APIs, one evaluation, and its end.</summary>
/// <param name="name">For the table.</param>
/// <param name="tier">What it is made from.</param>
/// <param name="script">What it evaluates: what the empty one does, or something for which a part of the web layer is made.</param>
internal sealed class IsolateLane(string name, JsImageTier tier, string script) : Lane(name)
{
    private const int AtATime = 16;

    private BenchmarkHost? _host;

    public override async Task StartAsync()
    {
        _host = await BenchmarkHost.StartAsync(options => options.Images.Tier = Enum.Parse<JsImageMode>(tier.ToString()));
        await using var first = await _host.Runtimes.CreateAsync();
        await _host.ReachWebLayerAsync(tier);
    }

    public override async ValueTask EndAsync() => await _host!.DisposeAsync();

    protected override async Task DoAsync()
    {
        await using var runtime = await _host!.Runtimes.CreateAsync();
        await runtime.EvaluateAsync<int>(script);
    }

    protected override async Task<double> MeasureMemoryAsync()
    {
        var before = Resident();
        var alive = new List<IJsRuntime>();
        for (var i = 0; i < AtATime; i++)
        {
            alive.Add(await _host!.Runtimes.CreateAsync());
        }

        var each = (Resident() - before) / 1024d / AtATime;
        foreach (var runtime in alive)
        {
            await runtime.DisposeAsync();
        }

        return each;
    }

    private static long Resident()
    {
        GC.Collect();
        return Environment.WorkingSet;
    }
}
