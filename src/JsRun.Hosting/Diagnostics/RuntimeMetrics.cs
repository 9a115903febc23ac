using System.Collections.Concurrent;
using System.Diagnostics.Metrics;

namespace JsRun.Diagnostics;

/// <summary>The embedders' runtimes in the meter <c>JsRun</c>. Thread-safe; costs a check where nobody listens.</summary>
internal sealed class RuntimeMetrics
{
    private static readonly string[] Kinds = ["none", "evaluate", "evaluate_async", "import", "import_async", "call", "call_async"];

    private readonly Histogram<double>? _duration;
    private readonly ConcurrentDictionary<RuntimeCounters, Func<JsRuntimeStats>> _runtimes = new();

    public RuntimeMetrics(IMeterFactory factory)
    {
        // The factory keeps one meter for each name, and disposes of it.
        var meter = factory.Create(JsRunMetrics.MeterName);
        _duration = meter.TryCreate(static meter => meter.CreateHistogram<double>("jsrun.runtime.execution.duration", "s", "Time that an evaluation, an import or a call took, waiting included."));
        meter.TryCreate(meter => meter.CreateObservableUpDownCounter("jsrun.runtime.active", () => _runtimes.Count, "{runtime}", "Runtimes of embedders that are alive."));
        Observe(meter, "jsrun.runtime.heap.used", "By", "What is used of the V8 heaps of runtimes.", static stats => stats.HeapUsedBytes);
        Observe(meter, "jsrun.runtime.external_memory", "By", "Memory that runtimes hold outside of V8's heaps.", static stats => stats.ExternalMemoryBytes);
        Observe(meter, "jsrun.runtime.async_operations", "{operation}", "Host calls that JavaScript waits for.", static stats => stats.ActiveAsyncOperations);
        Observe(meter, "jsrun.runtime.timers", "{timer}", "Timeouts and intervals.", static stats => stats.ActiveTimers + stats.ActiveIntervals);
        Observe(meter, "jsrun.runtime.functions", "{function}", "Functions of JavaScript that .NET holds.", static stats => stats.ActiveFunctions);
        Observe(meter, "jsrun.runtime.streams", "{stream}", "Streams between JavaScript and the host.", static stats => stats.ActiveJsStreams + stats.ActiveHostStreams);
    }

    /// <summary>Runtimes that are alive.</summary>
    public int Active => _runtimes.Count;

    public void Add(RuntimeCounters counters, Func<JsRuntimeStats> stats) => _runtimes[counters] = stats;

    public void Remove(RuntimeCounters counters) => _runtimes.TryRemove(counters, out _);

    public void Executed(JsExecutionKind kind, TimeSpan duration)
    {
        if (_duration.IsListenedTo())
        {
            _duration.Measure(duration, new() { { "jsrun.execution.kind", Kinds[(int)kind] } });
        }
    }

    private void Observe(Meter meter, string name, string unit, string description, Func<JsRuntimeStats, long> value) =>
        meter.TryCreate(meter => meter.CreateObservableUpDownCounter(name, () => _runtimes.Values.Sum(stats => value(stats())), unit, description));
}
