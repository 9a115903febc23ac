namespace JsRun;

/// <summary>The thresholds of JsRun's health check.</summary>
public sealed class JsRunHealthCheckOptions
{
    /// <summary>The most threads of a pool that were abandoned, and have not ended since, that still count as healthy: each keeps a core busy. At <see cref="JsRunPoolOptions.MaxQuarantined"/> the group of the pool is refused, and no other.</summary>
    /// <value>The default is 2; 0 or more.</value>
    public int MaxQuarantined { get; set; } = 2;

    /// <summary>How full a queue for leases may be, as a share of its limit, before the check says degraded.</summary>
    /// <value>The default is 0.8; from 0 to 1.</value>
    public double DegradedQueueShare { get; set; } = 0.8;

    /// <summary>How long a request may wait for a lease before the check says degraded.</summary>
    /// <value>The default is 1 second; 0 or more.</value>
    public TimeSpan DegradedWait { get; set; } = TimeSpan.FromSeconds(1);
}
