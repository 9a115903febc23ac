using JsRun.Options;
using JsRun.Options.Validation;

namespace JsRun;

/// <summary>The isolates of a pool group (section <c>JsRun:Pool</c>).</summary>
/// <remarks>Read when the host starts; later changes have no effect. Not thread-safe while it is being filled.</remarks>
public sealed class JsRunPoolOptions
{
    private int? _maxIsolates;

    /// <summary>Isolates that are warm before the server listens, and are kept (key <c>MinIsolates</c>).</summary>
    /// <value>The default is 1; from 0 to <see cref="MaxIsolates"/>.</value>
    [AllowedNumber(0, 1024)]
    public int MinIsolates { get; set; } = 1;

    /// <summary>The most isolates (key <c>MaxIsolates</c>).</summary>
    /// <value>The default is twice the processors, at least 4, and fewer where memory is limited: as many as fit in three quarters of it with their limits' defaults, at least 2; from 1 to 1024.</value>
    [AllowedNumber(1, 1024)]
    public int MaxIsolates
    {
        // A minimum above the default raises the maximum.
        get => _maxIsolates ?? Math.Max(MinIsolates, MemoryDefaults.OfProcess.MaxIsolates);
        set => _maxIsolates = value;
    }

    /// <summary>Leases that may interleave on one isolate (key <c>LeasesPerIsolate</c>); 1 makes it exclusive.</summary>
    /// <value>The default is 32; from 1 to 10,000.</value>
    [AllowedNumber(1, 10_000)]
    public int LeasesPerIsolate { get; set; } = 32;

    /// <summary>Requests that may wait for a lease (key <c>QueueLimit</c>). Past it: 503 with <c>Retry-After</c>.</summary>
    /// <value>The default is 1000; from 0 to 1,000,000.</value>
    [AllowedNumber(0, 1_000_000)]
    public int QueueLimit { get; set; } = 1000;

    /// <summary>The longest wait for a lease (key <c>QueueTimeout</c>). Past it: 503 with <c>Retry-After</c>.</summary>
    /// <value>The default is 10 seconds; from 1 millisecond to 1 hour.</value>
    [AllowedTime("00:00:00.001", "01:00:00")]
    public TimeSpan QueueTimeout { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>
    /// Gets or sets the maximum number of threads of a pool that were abandoned, because they could not be stopped, and still run (key <c>MaxQuarantined</c>). Each keeps a processor busy, and its memory. While there are so many, the
    /// pool's group is refused: 503 with <c>Retry-After</c>.
    /// </summary>
    /// <value>The default is 2; from 1 to 1024.</value>
    [AllowedNumber(1, 1024)]
    public int MaxQuarantined { get; set; } = 2;

    /// <summary>Leases with a context of their own after which an isolate is replaced (key <c>RecycleAfter</c>). Requests in <see cref="JsIsolation.Shared"/> have none, and do not count.</summary>
    /// <value>The default is 10,000; from 1 to 1,000,000,000.</value>
    [AllowedNumber(1, 1_000_000_000)]
    public int RecycleAfter { get; set; } = 10_000;

    /// <summary>Idle time after which an isolate beyond <see cref="MinIsolates"/> is disposed of (key <c>IdleTimeout</c>).</summary>
    /// <value>The default is 5 minutes; from 1 second to 24 hours.</value>
    [AllowedTime("00:00:01", "1.00:00:00")]
    public TimeSpan IdleTimeout { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>
    /// Gets or sets the maximum share of a group's leases that open response streams and slow uploads may hold while other requests wait, in percent (key <c>MaxStreamPercent</c>). Beyond it a new stream begins only
    /// while half of the other leases are free, else it is a 503 with <c>Retry-After</c>, and when requests have waited for a second the newest streams and uploads end for them.
    /// </summary>
    /// <value>The default is 75; from 1 to 100.</value>
    [AllowedNumber(1, 100)]
    public int MaxStreamPercent { get; set; } = 75;

    /// <summary>
    /// Gets or sets the longest time that an isolate which is replaced waits for open response streams and slow uploads (key <c>RetireTimeout</c>). Then <c>request.signal</c> aborts and they end. At most half as many as
    /// <see cref="MaxIsolates"/> wait; beyond that the first ends at once.
    /// </summary>
    /// <value>The default is 1 minute; from 1 second to 24 hours.</value>
    [AllowedTime("00:00:01", "1.00:00:00")]
    public TimeSpan RetireTimeout { get; set; } = TimeSpan.FromMinutes(1);

    internal JsRunPoolOptions Copy() => (JsRunPoolOptions)MemberwiseClone();

    /// <summary>Copies them for functions that a debugger may pause: one isolate, for which requests wait as long as it takes.</summary>
    internal JsRunPoolOptions ForInspection()
    {
        var copy = (JsRunPoolOptions)MemberwiseClone();
        copy.MinIsolates = copy.MaxIsolates = 1;
        copy.RecycleAfter = int.MaxValue;
        copy.QueueTimeout = TimeSpan.FromDays(1);
        return copy;
    }
}
