using Microsoft.Extensions.Logging;

namespace JsRun.Workers;

/// <summary>What happens to worker processes: events 400 to 449.</summary>
internal static partial class WorkersLog
{
    [LoggerMessage(400, LogLevel.Information, "Worker {Number} of {Group} is ready (process {Pid}, {Elapsed} ms)")]
    public static partial void WorkerReady(this ILogger logger, int number, string group, int pid, long elapsed);

    [LoggerMessage(401, LogLevel.Error, "Worker {Number} of {Group} ended (process {Pid}): {Reason}. Functions that ran: {Functions}. Requests in flight: {Requests}")]
    public static partial void WorkerLost(this ILogger logger, int number, string group, int pid, string reason, string functions, int requests);

    [LoggerMessage(402, LogLevel.Error, "Worker {Number} of {Group} could not be started: {Reason}. The next attempt is in {Delay}")]
    public static partial void WorkerFailed(this ILogger logger, int number, string group, string reason, TimeSpan delay);

    [LoggerMessage(403, LogLevel.Information, "Worker {Number} of {Group} has stopped (process {Pid}): {Reason}")]
    public static partial void WorkerStopped(this ILogger logger, int number, string group, int pid, string reason);

    [LoggerMessage(404, LogLevel.Error, "Function {Function} of {Group} is suspended for {Delay}: its worker ended {Losses} times while it ran")]
    public static partial void FunctionSuspended(this ILogger logger, string function, string group, TimeSpan delay, int losses);

    [LoggerMessage(405, LogLevel.Warning, "{Count} entries of a worker's log were dropped: it wrote more than the connection takes")]
    public static partial void EntriesDropped(this ILogger logger, long count);

    [LoggerMessage(409, LogLevel.Debug, "A spare worker of {Group} is ready (process {Pid})")]
    public static partial void SpareReady(this ILogger logger, string group, int pid);

    [LoggerMessage(410, LogLevel.Warning, "The spare worker of {Group} could not be started: {Reason}")]
    public static partial void SpareFailed(this ILogger logger, string group, string reason);

    [LoggerMessage(411, LogLevel.Warning, "The spare worker of {Group} ended (process {Pid})")]
    public static partial void SpareLost(this ILogger logger, string group, int pid);

    [LoggerMessage(408, LogLevel.Error, "The cache store of {Group} failed for a worker")]
    public static partial void CacheStoreFailed(this ILogger logger, string group, Exception exception);

    [LoggerMessage(407, LogLevel.Warning, "Workers are not confined as they could be, because this machine lacks measures: {Missing}")]
    public static partial void SandboxIncomplete(this ILogger logger, string missing);

    [LoggerMessage(406, LogLevel.Warning, "Worker {Number} of {Group} is replaced (process {Pid}): {Threads} threads could not be stopped")]
    public static partial void WorkerHangs(this ILogger logger, int number, string group, int pid, int threads);
}
