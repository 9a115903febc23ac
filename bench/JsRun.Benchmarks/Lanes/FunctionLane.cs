using System.IO.Pipelines;

namespace JsRun.Benchmarks;

/// <summary>One request at a time to a function, without a server.</summary>
internal sealed class FunctionLane(string name, JsIsolation isolation, JsImageTier tier, Func<string> source) : Lane(name)
{
    private static readonly EdgeFunctionRequest Request = new() { Method = "GET", Url = "http://localhost/hello" };

    private readonly Pipe _pipe = new();
    private BenchmarkHost? _host;
    private EdgeFunction? _function;

    public override async Task StartAsync()
    {
        _host = await BenchmarkHost.StartAsync(options =>
        {
            options.Isolation = isolation;
            options.Images.Tier = tier;
        });
        _function = await _host.DeployAsync(source());
        await BenchmarkHost.ReachTierAsync(_function, tier);
    }

    protected override async Task DoAsync()
    {
        await using var response = await _function!.InvokeAsync(Request, CancellationToken.None);
        await response.WriteBodyAsync(_pipe.Writer, CancellationToken.None);
        var read = await _pipe.Reader.ReadAsync();
        _pipe.Reader.AdvanceTo(read.Buffer.End);
    }

    public override async ValueTask EndAsync() => await _host!.DisposeAsync();
}
