using JsRun.Options;
using JsRun.Options.Validation;

namespace JsRun;

/// <summary>The limits of a request (section <c>JsRun:Limits</c>). Every limit has an outcome of its own; see <c>docs/limits.md</c>.</summary>
/// <remarks>Read when the host starts; later changes have no effect. Not thread-safe while it is being filled.</remarks>
public sealed class JsRunLimitsOptions
{
    // A timer of .NET can wait 49 days, and some are set to a multiple of a limit.
    private static readonly TimeSpan Patience = TimeSpan.FromDays(1);

    /// <summary>Wall clock until the handler's promise settles (key <c>Timeout</c>). Past it: 504.</summary>
    /// <value>The default is 30 seconds; from 10 milliseconds to 24 hours.</value>
    [AllowedTime("00:00:00.010", "1.00:00:00")]
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>CPU time of a request, stream pulls included (key <c>CpuTime</c>). Past it: 504.</summary>
    /// <value>The default is 30 seconds; from 10 milliseconds to 24 hours.</value>
    [AllowedTime("00:00:00.010", "1.00:00:00")]
    public TimeSpan CpuTime { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>The longest silence of a response stream or of <c>waitUntil</c> (key <c>IdleTimeout</c>). Past it the connection ends.</summary>
    /// <value>The default is 60 seconds; from 10 milliseconds to 24 hours.</value>
    [AllowedTime("00:00:00.010", "1.00:00:00")]
    public TimeSpan IdleTimeout { get; set; } = TimeSpan.FromSeconds(60);

    /// <summary>V8's heap of an isolate, in bytes (key <c>MaxHeapBytes</c>). Past it: 500 with the problem type <c>memory-limit</c>, and the isolate is replaced.</summary>
    /// <value>The default is 128 MiB; from 8 MiB to 16 GiB.</value>
    [AllowedNumber(8L << 20, 16L << 30)]
    public long MaxHeapBytes { get; set; } = MemoryDefaults.MaxHeapBytes;

    /// <summary>Memory of all ArrayBuffers of an isolate, in bytes (key <c>MaxArrayBufferBytes</c>). Past it: a RangeError in the script.</summary>
    /// <value>The default is 128 MiB, and less where the process may use less than 4 GiB: one part in 32, at least 16 MiB; from 1 MiB to 16 GiB.</value>
    [AllowedNumber(1L << 20, 16L << 30)]
    public long MaxArrayBufferBytes { get; set; } = MemoryDefaults.OfProcess.MaxArrayBufferBytes;

    /// <summary>Stack that JavaScript may use, in bytes (key <c>MaxStackBytes</c>). Past it: a RangeError in the script.</summary>
    /// <value>The default is 480 KiB; from 64 KiB to 1 MiB (an isolate's thread has 2 MiB).</value>
    [AllowedNumber(64 << 10, 1 << 20)]
    public int MaxStackBytes { get; set; } = 480 << 10;

    /// <summary>Text that a request may write to the console, in bytes of UTF-8 (key <c>MaxConsoleBytes</c>). The rest is not written, and the log says so once.</summary>
    /// <value>The default is 256 KiB; from 0 to 64 MiB.</value>
    [AllowedNumber(0, 64 << 20)]
    public int MaxConsoleBytes { get; set; } = 256 << 10;

    /// <summary>Timers that a runtime may have at a time (key <c>MaxTimers</c>). Past it: a RangeError in the script.</summary>
    /// <value>The default is 1000; from 1 to 1,000,000.</value>
    [AllowedNumber(1, 1_000_000)]
    public int MaxTimers { get; set; } = 1000;

    /// <summary>Calls of <c>fetch</c> that a request may make, redirects included (key <c>MaxSubrequests</c>). Past it: the promise rejects with a TypeError.</summary>
    /// <value>The default is 50; from 0 to 100,000.</value>
    [AllowedNumber(0, 100_000)]
    public int MaxSubrequests { get; set; } = 50;

    /// <summary>
    /// Gets or sets the maximum depth of functions that call one another with <c>fetch</c>, in one application or across several (key <c>MaxSubrequestDepth</c>). Counted in the header <c>CDN-Loop</c>.
    /// Past it: the promise rejects with a TypeError.
    /// </summary>
    /// <value>The default is 16; from 1 to 1000.</value>
    [AllowedNumber(1, 1000)]
    public int MaxSubrequestDepth { get; set; } = 16;

    /// <summary>
    /// The longest message that a WebSocket receives, and the most that may wait to be sent on one, in bytes (key <c>MaxWebSocketBytes</c>). Past it: the socket fails, with the
    /// events <c>error</c> and <c>close</c>.
    /// </summary>
    /// <value>The default is 4 MiB; from 1 KiB to 1 GiB.</value>
    [AllowedNumber(1 << 10, 1 << 30)]
    public int MaxWebSocketBytes { get; set; } = 4 << 20;

    /// <summary>
    /// Gets or sets the maximum size of the caches of a pool group (<c>caches</c>) together, in bytes (key <c>MaxCacheBytes</c>). Past it: what was not used for the longest time goes; a
    /// response that is larger than all of it is refused with a QuotaExceededError.
    /// </summary>
    /// <value>The default is 64 MiB; from 0 to 64 GiB.</value>
    [AllowedNumber(0, 64L << 30)]
    public long MaxCacheBytes { get; set; } = 64L << 20;

    /// <summary>
    /// Gets or sets the maximum length of the messages of its <c>BroadcastChannel</c>s that wait in a runtime, and of the names of a pool group's open channels together, in characters of their text (key <c>MaxBroadcastLength</c>). Past it: a runtime that does not
    /// keep up misses messages, which the log says once; a message that is longer by itself is refused with a DataCloneError.
    /// </summary>
    /// <value>The default is 1 Mi; from 1 Ki to 1 Gi.</value>
    [AllowedNumber(1 << 10, 1 << 30)]
    public int MaxBroadcastLength { get; set; } = 1 << 20;

    /// <summary>
    /// Compression streams that a runtime may have at a time (key <c>MaxCompressionStreams</c>), counted from their first chunk to their end. Each holds up to about 400 KiB
    /// outside of V8's heap. Past it: a RangeError in the script.
    /// </summary>
    /// <value>The default is 64; from 0 to 10,000.</value>
    [AllowedNumber(0, 10_000)]
    public int MaxCompressionStreams { get; set; } = 64;

    /// <summary>Requests of one function that may run at a time (key <c>MaxConcurrency</c>). Past it: 503 with <c>Retry-After</c>.</summary>
    /// <value>The default is <see langword="null"/>: no limit of its own; from 1 to 1,000,000.</value>
    [AllowedNumber(1, 1_000_000)]
    public int? MaxConcurrency { get; set; }

    /// <summary>Evaluation of a function's top level (key <c>StartupTimeout</c>). Past it the deployment fails.</summary>
    /// <value>The default is 5 seconds; from 10 milliseconds to 10 minutes.</value>
    [AllowedTime("00:00:00.010", "00:10:00")]
    public TimeSpan StartupTimeout { get; set; } = TimeSpan.FromSeconds(5);

    internal JsRunLimitsOptions Copy() => (JsRunLimitsOptions)MemberwiseClone();

    /// <summary>Copies them for code that a debugger may pause: what the wall clock limits does not count.</summary>
    internal JsRunLimitsOptions WithoutClock()
    {
        var copy = (JsRunLimitsOptions)MemberwiseClone();
        copy.Timeout = copy.IdleTimeout = copy.StartupTimeout = Patience;
        return copy;
    }
}
