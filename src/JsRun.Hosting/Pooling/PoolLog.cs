using Microsoft.Extensions.Logging;

namespace JsRun.Pooling;

/// <summary>Messages of the pool (1 to 99).</summary>
internal static partial class PoolLog
{
    [LoggerMessage(1, LogLevel.Error, "An isolate of pool group '{Group}' could not be created")]
    public static partial void IsolateNotCreated(this ILogger logger, string group, Exception exception);

    [LoggerMessage(2, LogLevel.Warning, "Requests of pool group '{Group}' still ran when the host's shutdown timeout ended: they were stopped")]
    public static partial void NotDrained(this ILogger logger, string group);

    [LoggerMessage(3, LogLevel.Warning, "Requests of pool group '{Group}' have waited for a lease for more than a second: {Queued} are waiting, {Leases} of {Capacity} leases are in use, {Clients} of them for open streams and slow uploads ({Functions}). JsRun:Pool:MaxIsolates, LeasesPerIsolate and MaxStreamPercent set how many there are")]
    public static partial void RequestsWait(this ILogger logger, string group, int queued, int leases, int capacity, int clients, string functions);

    [LoggerMessage(4, LogLevel.Information, "{Count} open streams and uploads on isolate {Isolate} of pool group '{Group}' were ended: it was retired (JsRun:Pool:RetireTimeout)")]
    public static partial void RetiredClientsEnded(this ILogger logger, int count, string isolate, string group);

    [LoggerMessage(5, LogLevel.Warning, "All isolates together may use {Most} MiB, but this process may use only {Memory} MiB, .NET's own memory included. Lower JsRun:Pool:MaxIsolates, JsRun:Limits:MaxHeapBytes or JsRun:Limits:MaxArrayBufferBytes, or give the process more memory; otherwise the system may end it")]
    public static partial void MemoryIsShort(this ILogger logger, long most, long memory);
}
