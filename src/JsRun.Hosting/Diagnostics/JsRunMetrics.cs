using System.Collections.Concurrent;
using System.Diagnostics;
using System.Diagnostics.Metrics;
using System.Runtime.CompilerServices;

namespace JsRun.Diagnostics;

/// <summary>
/// The meter <c>JsRun</c>: the function level in the semantic conventions for FaaS, the pool and the limits in names of its own. Thread-safe;
/// costs a check where nobody listens.
/// </summary>
internal sealed class JsRunMetrics : IDisposable
{
    public const string MeterName = "JsRun";

    private static readonly InstrumentAdvice<double> Durations = new()
    {
        HistogramBucketBoundaries = [0.005, 0.01, 0.025, 0.05, 0.075, 0.1, 0.25, 0.5, 0.75, 1, 2.5, 5, 7.5, 10],
    };

    private readonly Meter _meter;
    private readonly Counter<long>? _invocations;
    private readonly Histogram<double>? _invokeDuration;
    private readonly Counter<long>? _errors;
    private readonly Counter<long>? _timeouts;
    private readonly Counter<long>? _coldStarts;
    private readonly Counter<long>? _limitHits;
    private readonly Counter<long>? _contexts;
    private readonly Counter<long>? _images;
    private readonly Counter<long>? _denied;
    private readonly Counter<long>? _workersLost;
    private readonly ConcurrentDictionary<string, Func<JsPoolStatus>> _pools = new(StringComparer.Ordinal);

    public JsRunMetrics(IMeterFactory factory)
    {
        _meter = factory.Create(MeterName);
        _invocations = _meter.TryCreate(static meter => meter.CreateCounter<long>("faas.invocations", "{invocation}", "Invocations of functions that ended with an answer."));
        _invokeDuration = _meter.TryCreate(static meter => meter.CreateHistogram("faas.invoke_duration", "s", "Time until a function's handler settled.", tags: null, advice: Durations));
        _errors = _meter.TryCreate(static meter => meter.CreateCounter<long>("faas.errors", "{error}", "Invocations that ended with an error of the script or of the runtime."));
        _timeouts = _meter.TryCreate(static meter => meter.CreateCounter<long>("faas.timeouts", "{timeout}", "Invocations that ended at a limit of time."));
        _coldStarts = _meter.TryCreate(static meter => meter.CreateCounter<long>("faas.coldstarts", "{coldstart}", "Invocations for which a context had to be made first."));
        Observe("jsrun.pool.leases", "{lease}", "Leases out of the pool.", status => status.Leases);
        Observe("jsrun.pool.queued", "{request}", "Requests that wait for a lease.", status => status.Queued);
        Observe("jsrun.pool.isolates", "{isolate}", "Isolates alive, the retiring ones included.", status => status.Isolates + status.Retiring);
        Observe("jsrun.pool.quarantined", "{isolate}", "Isolates abandoned because their thread could not be stopped.", status => status.Quarantined);
        _limitHits = _meter.TryCreate(static meter => meter.CreateCounter<long>("jsrun.limits.hit", "{hit}", "Limits that were reached."));
        _contexts = _meter.TryCreate(static meter => meter.CreateCounter<long>("jsrun.contexts.created", "{context}", "Contexts that were made of functions, by what they were made from."));
        _images = _meter.TryCreate(static meter => meter.CreateCounter<long>("jsrun.images.builds", "{build}", "Heap images that were built, or failed to be."));
        _workersLost = _meter.TryCreate(static meter => meter.CreateCounter<long>("jsrun.workers.lost", "{process}", "Worker processes that ended by themselves."));
        _denied = _meter.TryCreate(static meter => meter.CreateCounter<long>("jsrun.permissions.denied", "{call}", "Calls that were refused because their permission was not granted."));
    }

    /// <summary>Begins to measure an invocation; give the result to <see cref="Invoked"/>.</summary>
    public long Start(TimeProvider time) => _invokeDuration.IsListenedTo() ? time.GetTimestamp() : 0;

    public void Invoked(string group, string function, TimeProvider time, long start, InvocationOutcome outcome)
    {
        if (_invokeDuration.IsListenedTo() || _invocations.IsListenedTo() || _errors.IsListenedTo() || _timeouts.IsListenedTo())
        {
            RecordInvocation(group, function, start == 0 ? TimeSpan.Zero : time.GetElapsedTime(start), start != 0, outcome);
        }
    }

    public void ColdStart(string group, string function)
    {
        if (_coldStarts.IsListenedTo())
        {
            _coldStarts.Count(Tags(group, function));
        }
    }

    /// <summary>Counts a context that was made of a function.</summary>
    public void ContextCreated(string group, string function, JsImageTier tier)
    {
        if (_contexts.IsListenedTo())
        {
            var tags = Tags(group, function);
            tags.Add("jsrun.image.tier", tier == JsImageTier.Heap ? "heap" : "replay");
            _contexts.Count(tags);
        }
    }

    /// <summary>Counts a limit that was reached, by its option's name, such as <c>Timeout</c> or <c>MaxHeapBytes</c>.</summary>
    public void LimitHit(string group, string limit)
    {
        if (_limitHits.IsListenedTo())
        {
            _limitHits.Count(new() { { "jsrun.group", group }, { "limit", limit } });
        }
    }

    /// <summary>Counts a call that was refused, by the permission that it lacked, such as <c>op:notify</c>.</summary>
    public void PermissionDenied(string group, string permission)
    {
        if (_denied.IsListenedTo())
        {
            _denied.Count(new() { { "jsrun.group", group }, { "jsrun.permission", permission } });
        }
    }

    /// <summary>Counts a worker process that ended by itself.</summary>
    public void WorkerLost(string group)
    {
        if (_workersLost.IsListenedTo())
        {
            _workersLost.Count(new() { { "jsrun.group", group } });
        }
    }

    /// <summary>Counts a heap image that was <c>built</c>, or has <c>failed</c>.</summary>
    public void ImageBuilt(string scope, string outcome)
    {
        if (_images.IsListenedTo())
        {
            _images.Count(new() { { "jsrun.scope", scope }, { "outcome", outcome } });
        }
    }

    /// <summary>Shows the group's pool: asked whenever somebody collects, from any thread.</summary>
    public void AddPool(string group, Func<JsPoolStatus> status) => _pools[group] = status;

    public void Dispose() => _meter.Dispose();

    private void Observe(string name, string unit, string description, Func<JsPoolStatus, int> value) => _meter.TryCreate(meter => meter.CreateObservableUpDownCounter(
        name, () => _pools.Select(pool => new Measurement<int>(value(pool.Value()), new KeyValuePair<string, object?>("jsrun.group", pool.Key))), unit, description));

    private static TagList Tags(string group, string function) => new() { { "faas.name", function }, { "jsrun.group", group } };

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void RecordInvocation(string group, string function, TimeSpan duration, bool timed, InvocationOutcome outcome)
    {
        var tags = Tags(group, function);
        if (timed)
        {
            _invokeDuration.Measure(duration, tags);
        }

        (outcome switch
        {
            InvocationOutcome.Ok => _invocations,
            InvocationOutcome.Timeout => _timeouts,
            _ => _errors,
        }).Count(tags);
    }
}
