namespace JsRun.Diagnostics;

/// <summary>What one runtime counts. Readable at any time, from any thread, whatever JavaScript does.</summary>
internal sealed class RuntimeCounters(TimeProvider time, RuntimeMetrics metrics)
{
    private readonly long[] _counts = new long[(int)JsExecutionKind.CallAsync + 1];
    private readonly Lock _lock = new();
    private TimeSpan _total;
    private TimeSpan _last;
    private JsExecutionKind _lastKind;
    private HeapSample _heap = HeapSample.None;

    /// <summary>Streams of JavaScript that the host reads.</summary>
    public StreamCounters JsStreams { get; } = new();

    /// <summary>Streams of the host that JavaScript reads.</summary>
    public StreamCounters HostStreams { get; } = new();

    /// <summary>V8's heap as it was when last looked at.</summary>
    public HeapSample Heap
    {
        get => Volatile.Read(ref _heap);
        set => Volatile.Write(ref _heap, value);
    }

    /// <summary>An execution begins; give the result to <see cref="End"/>.</summary>
    public long Begin() => time.GetTimestamp();

    /// <summary>An execution has ended, one way or the other.</summary>
    public void End(JsExecutionKind kind, long began)
    {
        var duration = time.GetElapsedTime(began);
        lock (_lock)
        {
            _counts[(int)kind]++;
            _total += duration;
            _last = duration;
            _lastKind = kind;
        }

        metrics.Executed(kind, duration);
    }

    /// <summary>The runtime is there: its values appear in the metrics.</summary>
    public void Live(Func<JsRuntimeStats> stats) => metrics.Add(this, stats);

    /// <summary>The runtime is gone.</summary>
    public void Gone() => metrics.Remove(this);

    /// <summary>What was counted; the runtime adds what it holds.</summary>
    public JsRuntimeStats Read()
    {
        var heap = Heap;
        lock (_lock)
        {
            return new JsRuntimeStats
            {
                HeapTotalBytes = heap.Total,
                HeapUsedBytes = heap.Used,
                ExternalMemoryBytes = heap.External,
                PhysicalTotalBytes = heap.Physical,
                TotalExecutionTime = _total,
                LastExecutionTime = _last,
                LastExecutionKind = _lastKind,
                EvaluateCount = _counts[(int)JsExecutionKind.Evaluate],
                EvaluateAsyncCount = _counts[(int)JsExecutionKind.EvaluateAsync],
                ImportCount = _counts[(int)JsExecutionKind.Import],
                ImportAsyncCount = _counts[(int)JsExecutionKind.ImportAsync],
                CallCount = _counts[(int)JsExecutionKind.Call],
                CallAsyncCount = _counts[(int)JsExecutionKind.CallAsync],
                ActiveJsStreams = JsStreams.Active,
                TotalJsStreams = JsStreams.Total,
                BytesStreamedToHost = JsStreams.Bytes,
                ActiveHostStreams = HostStreams.Active,
                TotalHostStreams = HostStreams.Total,
                BytesStreamedToJs = HostStreams.Bytes,
            };
        }
    }
}
