using Microsoft.Extensions.Logging;

namespace JsRun.Engine;

/// <summary>Messages of the engine (100 to 199: execution).</summary>
internal static partial class EngineLog
{
    [LoggerMessage(100, LogLevel.Error, "The host operation {Operation} failed")]
    public static partial void HostOperationFailed(this ILogger logger, HostOp operation, Exception exception);

    [LoggerMessage(EventId = 101, EventName = "Console", Message = "{Function} {RequestId} {Text}")]
    public static partial void Console(this ILogger logger, LogLevel level, string function, string requestId, string text);

    [LoggerMessage(102, LogLevel.Error, "Uncaught error in {Function} (request {RequestId}): {Error}\n{Stack}")]
    public static partial void Uncaught(this ILogger logger, string function, string requestId, string error, string stack);

    [LoggerMessage(103, LogLevel.Warning, "{Function} (request {RequestId}) was interrupted: {Reason}. Its isolate {Isolate} is replaced; {Neighbours} other requests on it are lost")]
    public static partial void Interrupted(this ILogger logger, string function, string requestId, string reason, string isolate, int neighbours);

    [LoggerMessage(104, LogLevel.Error, "{Function} (request {RequestId}) exhausted the heap of isolate {Isolate} (JsRun:Limits:MaxHeapBytes), which is replaced; {Neighbours} other requests on it are lost")]
    public static partial void OutOfMemory(this ILogger logger, string function, string requestId, string isolate, int neighbours);

    [LoggerMessage(105, LogLevel.Critical, "Isolate {Isolate} does not stop: its thread is abandoned. It was running {Function} (request {RequestId})")]
    public static partial void Quarantined(this ILogger logger, string isolate, string function, string requestId);

    [LoggerMessage(140, LogLevel.Warning, "The host function {HostFunction} failed, called by {Function} (request {RequestId})")]
    public static partial void HostFunctionFailed(this ILogger logger, string hostFunction, string function, string requestId, Exception exception);

    [LoggerMessage(106, LogLevel.Critical, "The thread of isolate {Isolate} ended by an error")]
    public static partial void IsolateFailed(this ILogger logger, string isolate, Exception exception);

    [LoggerMessage(107, LogLevel.Error, "A message to isolate {Isolate} failed")]
    public static partial void WorkItemFailed(this ILogger logger, string isolate, Exception exception);

    [LoggerMessage(108, LogLevel.Information, "{Decision}")]
    public static partial void NativeLayer(this ILogger logger, string decision);

    [LoggerMessage(109, LogLevel.Warning, "{Function} (request {RequestId}) was interrupted: {Reason}. Its context is thrown away; {Neighbours} other requests in it are lost, those in other contexts go on")]
    public static partial void ContextLost(this ILogger logger, string function, string requestId, string reason, int neighbours);

    [LoggerMessage(111, LogLevel.Warning, "{Function} (request {RequestId}) was interrupted: {Reason}. {Neighbours} other requests in its context go on; new ones get another context")]
    public static partial void ContextCut(this ILogger logger, string function, string requestId, string reason, int neighbours);

    [LoggerMessage(110, LogLevel.Warning, "Reading why promises of {Function} (request {RequestId}) were rejected took too long, and was stopped: {Reason}")]
    public static partial void RejectionsNotTold(this ILogger logger, string function, string requestId, string reason);

    [LoggerMessage(120, LogLevel.Warning, "The runtime on {Isolate} was disposed of, and its thread had not ended {Time} later: a host function keeps it")]
    public static partial void NotDisposed(this ILogger logger, string isolate, TimeSpan time);

    [LoggerMessage(121, LogLevel.Warning, "The host function {HostFunction} has kept the thread of isolate {Isolate} for {Seconds} s, and {Waiting} messages wait for that thread. Synchronous host functions must not block; one that waits for its own runtime, as with EvaluateAsync(...).Result, never returns: make it asynchronous")]
    public static partial void HostBlocks(this ILogger logger, string hostFunction, string isolate, double seconds, int waiting);

    [LoggerMessage(122, LogLevel.Warning, "What {Execution} had left running in the runtime on {Isolate} was stopped: it took longer than {Limit} in one turn of the event loop")]
    public static partial void LeftoverInterrupted(this ILogger logger, string execution, string isolate, TimeSpan limit);

    [LoggerMessage(130, LogLevel.Warning, "A context on isolate {Isolate} does not keep up with its BroadcastChannels: more than JsRun:Limits:MaxBroadcastLength ({Limit}) characters wait for it, so it misses messages")]
    public static partial void BroadcastDropped(this ILogger logger, string isolate, int limit);
}
