using Microsoft.Extensions.Logging;

namespace JsRun.Pooling;

/// <summary>Messages of the pool (1 to 99).</summary>
internal static partial class PoolLog
{
    [LoggerMessage(1, LogLevel.Error, "An isolate of pool group '{Group}' could not be created")]
    public static partial void IsolateNotCreated(this ILogger logger, string group, Exception exception);

    [LoggerMessage(2, LogLevel.Warning, "Requests of pool group '{Group}' still ran when the host's shutdown timeout ended: they were stopped")]
    public static partial void NotDrained(this ILogger logger, string group);
}
