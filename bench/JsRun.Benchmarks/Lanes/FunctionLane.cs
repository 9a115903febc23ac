using System.IO.Pipelines;
using JsRun.Functions;

namespace JsRun.Benchmarks;

/// <summary>Requests to a function, without a server.</summary>
/// <param name="name">For the table.</param>
/// <param name="isolation">Of the function.</param>
/// <param name="tier">What its contexts are made from.</param>
/// <param name="source">Its code.</param>
/// <param name="apart">A pause before each request, in which the next pristine context is made; no part of its latency.</param>
internal sealed class FunctionLane(string name, JsIsolation isolation, JsImageTier tier, Func<string> source, TimeSpan apart = default) : Lane(name)
{
    private static readonly EdgeFunctionRequest Request = new() { Method = "GET", Url = "http://localhost/hello" };

    private BenchmarkHost? _host;
    private EdgeFunction? _function;

    public override async Task StartAsync()
    {
        _host = await BenchmarkHost.StartAsync(options =>
        {
            options.Isolation = isolation;
            options.Images.Tier = Enum.Parse<JsImageMode>(tier.ToString());
        });
        _function = await _host.DeployAsync(source());
        await BenchmarkHost.ReachTierAsync(_function, tier);
    }

    protected override Task PauseAsync() => apart > TimeSpan.Zero ? Task.Delay(apart) : Task.CompletedTask;

    protected override async Task DoAsync()
    {
        await using var response = await _function!.InvokeAsync(Request, CancellationToken.None);
        await response.WriteBodyAsync(PipeWriter.Create(Stream.Null), CancellationToken.None);
    }

    public override async ValueTask EndAsync() => await _host!.DisposeAsync();
}
