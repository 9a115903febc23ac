namespace JsRun;

/// <summary>A group's pool at one moment.</summary>
/// <param name="Isolates">Isolates that take leases.</param>
/// <param name="Retiring">Isolates that finish what they have and take no more.</param>
/// <param name="Quarantined">Threads that could not be stopped, were abandoned, and have not ended since.</param>
/// <param name="Leases">Leases out of the pool.</param>
/// <param name="Queued">Requests that wait for a lease.</param>
/// <param name="MaxIsolates">The most isolates.</param>
/// <param name="QueueLimit">The most requests that may wait.</param>
public sealed record JsPoolStatus(int Isolates, int Retiring, int Quarantined, int Leases, int Queued, int MaxIsolates, int QueueLimit)
{
    /// <summary>Isolates that are being made, and take leases soon.</summary>
    [System.Text.Json.Serialization.JsonIgnore]
    public int Starting { get; init; }

    /// <summary>For how long the request that waits for longest has waited for a lease.</summary>
    public TimeSpan LongestWait { get; init; }

    /// <summary>Leases that open response streams and slow uploads hold.</summary>
    public int Streams { get; init; }
}
