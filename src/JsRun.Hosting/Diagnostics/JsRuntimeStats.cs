namespace JsRun;

/// <summary>The statistics of a runtime at one moment. Counters count what failed, too.</summary>
/// <remarks>Immutable and thread-safe.</remarks>
public sealed record JsRuntimeStats
{
    /// <summary>V8's heap with the room it has reserved, in bytes. As all sizes, of the whole isolate, and as it was when JavaScript last came to rest.</summary>
    public long HeapTotalBytes { get; init; }

    /// <summary>Gets the used part of V8's heap, in bytes.</summary>
    public long HeapUsedBytes { get; init; }

    /// <summary>Memory outside of V8's heap that its objects hold, such as ArrayBuffers, in bytes.</summary>
    public long ExternalMemoryBytes { get; init; }

    /// <summary>Physical memory of V8's heap, in bytes.</summary>
    public long PhysicalTotalBytes { get; init; }

    /// <summary>Gets the time that all executions took together, by the wall clock, with the time that they waited.</summary>
    public TimeSpan TotalExecutionTime { get; init; }

    /// <summary>Gets the time that the execution took that ended last.</summary>
    public TimeSpan LastExecutionTime { get; init; }

    /// <summary>The kind of the execution that ended last.</summary>
    public JsExecutionKind LastExecutionKind { get; init; }

    /// <summary>Synchronous evaluations that have ended.</summary>
    public long EvaluateCount { get; init; }

    /// <summary>Asynchronous evaluations that have ended.</summary>
    public long EvaluateAsyncCount { get; init; }

    /// <summary>Synchronous imports that have ended.</summary>
    public long ImportCount { get; init; }

    /// <summary>Asynchronous imports that have ended.</summary>
    public long ImportAsyncCount { get; init; }

    /// <summary>Synchronous calls of functions that have ended.</summary>
    public long CallCount { get; init; }

    /// <summary>Asynchronous calls of functions that have ended.</summary>
    public long CallAsyncCount { get; init; }

    /// <summary>Host calls that JavaScript waits for: fetches, module loads, asynchronous bindings, operations of <c>crypto.subtle</c> that run elsewhere.</summary>
    public int ActiveAsyncOperations { get; init; }

    /// <summary>Streams of bytes between the host and JavaScript that are open: bodies of <c>fetch</c>, and each <c>Stream</c> and <c>PipeReader</c> that JavaScript got.</summary>
    public int OpenResources { get; init; }

    /// <summary>Timeouts that are set.</summary>
    public int ActiveTimers { get; init; }

    /// <summary>Intervals that run.</summary>
    public int ActiveIntervals { get; init; }

    /// <summary>Functions of JavaScript that .NET holds.</summary>
    public int ActiveFunctions { get; init; }

    /// <summary>Streams of JavaScript that .NET reads.</summary>
    public int ActiveJsStreams { get; init; }

    /// <summary>Streams of JavaScript that .NET has been given.</summary>
    public long TotalJsStreams { get; init; }

    /// <summary>Streams of the host that JavaScript reads.</summary>
    public int ActiveHostStreams { get; init; }

    /// <summary>Streams of the host that JavaScript has been given.</summary>
    public long TotalHostStreams { get; init; }

    /// <summary>Bytes of streams from JavaScript to the host.</summary>
    public long BytesStreamedToHost { get; init; }

    /// <summary>Bytes of streams from the host to JavaScript.</summary>
    public long BytesStreamedToJs { get; init; }
}
