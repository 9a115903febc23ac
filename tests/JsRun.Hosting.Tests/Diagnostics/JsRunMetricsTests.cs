using System.Diagnostics.Metrics;
using JsRun.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace JsRun.Hosting.Tests.Diagnostics;

public sealed class JsRunMetricsTests : IDisposable
{
    private readonly ServiceProvider _services = new ServiceCollection().AddJsRun().Services.BuildServiceProvider();
    private readonly List<string> _measured = [];
    private readonly MeterListener _listener = new();
    private readonly FakeTimeProvider _time = new();

    private JsRunMetrics Metrics => _services.GetRequiredService<JsRunMetrics>();

    [Theory]
    [InlineData(InvocationOutcome.Ok, "faas.invocations")]
    [InlineData(InvocationOutcome.Timeout, "faas.timeouts")]
    [InlineData(InvocationOutcome.Error, "faas.errors")]
    internal void Invoked_Outcome_IsCountedWithItsDuration(InvocationOutcome outcome, string counter)
    {
        Listen();

        var start = Metrics.Start(_time);
        _time.Advance(TimeSpan.FromMilliseconds(250));
        Metrics.Invoked("acme", "/hello", _time, start, outcome);

        _measured.ShouldBe(["faas.invoke_duration 0.25 faas.name=/hello jsrun.group=acme", $"{counter} 1 faas.name=/hello jsrun.group=acme"]);
    }

    [Fact]
    public void AddPool_Collected_ShowsItsStateNow()
    {
        var leases = 1;
        Metrics.AddPool("acme", () => new() { Isolates = 3, Retiring = 1, Quarantined = 2, Leases = leases, Queued = 5, MaxIsolates = 8, QueueLimit = 100 });
        Listen();

        leases = 7;
        _listener.RecordObservableInstruments();

        _measured.ShouldBe(["jsrun.pool.leases 7 jsrun.group=acme", "jsrun.pool.queued 5 jsrun.group=acme", "jsrun.pool.isolates 4 jsrun.group=acme", "jsrun.pool.quarantined 2 jsrun.group=acme"], ignoreOrder: true);
    }

    [Fact]
    public void LimitHit_NamesTheLimit()
    {
        Listen();

        Metrics.LimitHit("", "MaxHeapBytes");
        Metrics.ColdStart("", "/a");

        _measured.ShouldBe(["jsrun.limits.hit 1 jsrun.group= limit=MaxHeapBytes", "faas.coldstarts 1 faas.name=/a jsrun.group="]);
    }

    [Fact]
    public void Start_NobodyListens_TakesNoTime()
    {
        _time.Advance(TimeSpan.FromSeconds(1));

        Metrics.Start(_time).ShouldBe(0);
    }

    public void Dispose()
    {
        _listener.Dispose();
        _services.Dispose();
    }

    private void Listen()
    {
        var metrics = Metrics;
        var factory = _services.GetRequiredService<IMeterFactory>();
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Meter.Name == JsRunMetrics.MeterName && instrument.Meter.Scope == factory)
            {
                listener.EnableMeasurementEvents(instrument);
            }
        };
        _listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) => Add(instrument, value, tags));
        _listener.SetMeasurementEventCallback<int>((instrument, value, tags, _) => Add(instrument, value, tags));
        _listener.SetMeasurementEventCallback<double>((instrument, value, tags, _) => Add(instrument, value, tags));
        _listener.Start();
        metrics.ShouldNotBeNull();
    }

    private void Add(Instrument instrument, object value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        var text = FormattableString.Invariant($"{instrument.Name} {value}");
        foreach (var (name, tag) in tags)
        {
            text += $" {name}={tag}";
        }

        _measured.Add(text);
    }
}
