namespace JsRun;

/// <summary>A group's pool at one moment.</summary>
/// <remarks>Immutable and thread-safe.</remarks>
public sealed record JsPoolStatus
{
    /// <summary>Gets the number of isolates that take leases.</summary>
    public int Isolates { get; init; }

    /// <summary>Gets the number of isolates that finish what they have and take no new leases.</summary>
    public int Retiring { get; init; }

    /// <summary>Gets the number of threads that could not be stopped, were abandoned, and have not ended since.</summary>
    public int Quarantined { get; init; }

    /// <summary>Gets the number of leases in use.</summary>
    public int Leases { get; init; }

    /// <summary>Gets the number of requests that wait for a lease.</summary>
    public int Queued { get; init; }

    /// <summary>Gets the largest number of isolates.</summary>
    public int MaxIsolates { get; init; }

    /// <summary>Gets the largest number of requests that may wait.</summary>
    public int QueueLimit { get; init; }

    /// <summary>Isolates that are being made, and take leases soon.</summary>
    [System.Text.Json.Serialization.JsonIgnore]
    public int Starting { get; init; }

    /// <summary>For how long the request that waits for longest has waited for a lease.</summary>
    public TimeSpan LongestWait { get; init; }

    /// <summary>Leases that open response streams and slow uploads hold.</summary>
    public int Streams { get; init; }
}
