using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using JsRun.Hosting.Tests.Images;
using Microsoft.Extensions.DependencyInjection;

namespace JsRun.Hosting.Tests.Groups;

/// <summary>What operators see of the contexts that are made.</summary>
public sealed class ContextCounterTests : IDisposable
{
    private readonly ConcurrentQueue<(string Instrument, string Function, string? Tier)> _measured = new();
    private readonly MeterListener _listener = new();

    [Fact]
    public async Task ContextsCreated_OfAnImagedFunction_AreOfTheHeapTier()
    {
        await using var app = await HeapApp.StartAsync();
        var function = await app.HandleAsync("return new Response('fine');");
        Listen(app.App);

        await function.GetAsync();
        await function.GetAsync();

        await Eventually.HoldsAsync(() => !_measured.IsEmpty);
        _measured.Where(m => m.Instrument == "jsrun.contexts.created").ShouldAllBe(m => m.Tier == "heap" && m.Function == function.Descriptor.Name);
    }

    [Fact]
    public async Task ContextsCreated_WithoutImages_AreOfTheReplayTier()
    {
        await using var app = await FunctionApp.StartAsync(o => o.Images.Tier = JsImageMode.Replay);
        Listen(app);

        var function = await app.HandleAsync("return new Response('fine');");

        _measured.ShouldContain(("jsrun.contexts.created", function.Descriptor.Name, "replay"));
        _measured.ShouldNotContain(m => m.Instrument == "faas.coldstarts", "nobody waited for the deployment's context");
    }

    [Fact]
    [Trait("Clock", "real")]
    public async Task ColdStarts_MoreRequestsAtOnceThanStandBy_CountsThoseThatWaited()
    {
        await using var app = await FunctionApp.StartAsync(o =>
        {
            o.Images.Tier = JsImageMode.Replay;
            o.Pool.MaxIsolates = 1;
        });
        // While the first keeps the thread the others arrive; they begin together when it ends.
        var function = await app.HandleAsync("if (url.pathname === '/long') { const until = performance.now() + 200; while (performance.now() < until); } return new Response('fine');");
        Listen(app);

        await Task.WhenAll(Enumerable.Range(0, 16).Select(i => function.GetAsync(i == 0 ? "/long" : "/")));

        var cold = _measured.Where(m => m.Instrument == "faas.coldstarts").ToArray();
        cold.Length.ShouldBeInRange(1, 16);
        cold.ShouldAllBe(m => m.Function == function.Descriptor.Name);
    }

    public void Dispose() => _listener.Dispose();

    private void Listen(FunctionApp app)
    {
        var factory = app.Host.Services.GetRequiredService<IMeterFactory>();
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Name is "jsrun.contexts.created" or "faas.coldstarts" && instrument.Meter.Scope == factory)
            {
                listener.EnableMeasurementEvents(instrument);
            }
        };
        _listener.SetMeasurementEventCallback<long>((instrument, _, tags, _) => _measured.Enqueue((instrument.Name, (string)Tag(tags, "faas.name")!, (string?)Tag(tags, "jsrun.image.tier"))));
        _listener.Start();
    }

    private static object? Tag(ReadOnlySpan<KeyValuePair<string, object?>> tags, string name)
    {
        foreach (var (key, value) in tags)
        {
            if (key == name)
            {
                return value;
            }
        }

        return null;
    }
}
