namespace JsRun;

/// <summary>The thresholds of JsRun's health check.</summary>
/// <remarks>Read at each check. Not thread-safe while it is being filled.</remarks>
public sealed class JsRunHealthCheckOptions
{
    /// <summary>The most threads of a pool that were abandoned, and have not ended since, that still count as healthy: each keeps a core busy. At <see cref="JsRunPoolOptions.MaxQuarantined"/> the group of the pool is refused, and no other.</summary>
    /// <value>The default is 2; 0 or more.</value>
    public int MaxQuarantined { get; set; } = 2;

    /// <summary>Gets or sets the share of its limit that a queue for leases may reach before the check reports a degraded state. Default: 0.8.</summary>
    /// <value>The default is 0.8; from 0 to 1.</value>
    public double DegradedQueueShare { get; set; } = 0.8;

    /// <summary>Gets or sets the longest time that a request may wait for a lease before the check reports a degraded state. Default: one second.</summary>
    /// <value>The default is 1 second; 0 or more.</value>
    public TimeSpan DegradedWait { get; set; } = TimeSpan.FromSeconds(1);
}
