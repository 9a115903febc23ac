using JsRun.Diagnostics;
using JsRun.Engine.Crossing;
using Microsoft.Extensions.Logging;

// Structured logs get properties beside those that the text shows.
#pragma warning disable SYSLIB1015

namespace JsRun.Engine.Isolates;

/// <summary>Messages of the engine (100 to 199: execution).</summary>
internal static partial class EngineLog
{
    [LoggerMessage(100, LogLevel.Error, "The host operation {Operation} failed")]
    public static partial void HostOperationFailed(this ILogger logger, HostOp operation, Exception exception);

    // The logger's category names the function.
    [LoggerMessage(EventId = 101, EventName = "Console", Message = "{Line}")]
    private static partial void ConsoleLine(this ILogger logger, LogLevel level, string line, string function, string requestId, string text);

    [LoggerMessage(102, LogLevel.Error, "Uncaught error in {Who}: {Stack}")]
    private static partial void UncaughtError(this ILogger logger, string who, string stack, string function, string requestId, string error);

    [LoggerMessage(112, LogLevel.Warning, "{Function} (request {RequestId}) has used its share of the log: more than {Limit} characters of errors were reported (JsRun:Limits:MaxConsoleBytes). Its further errors, failed host functions and refusals are not logged")]
    public static partial void ReportsTruncated(this ILogger logger, string function, string requestId, long limit);

    [LoggerMessage(103, LogLevel.Warning, "{Who} was interrupted: {Reason}. Its isolate {Isolate} is replaced{Consequence}")]
    private static partial void IsolateInterrupted(this ILogger logger, string who, string reason, string isolate, string consequence, string function, string requestId, int neighbours);

    [LoggerMessage(104, LogLevel.Warning, "{Who} exhausted the heap of isolate {Isolate} (JsRun:Limits:MaxHeapBytes), which is replaced{Consequence}")]
    private static partial void HeapExhausted(this ILogger logger, string who, string isolate, string consequence, string function, string requestId, int neighbours);

    [LoggerMessage(127, LogLevel.Warning, "The abandoned thread of isolate {Isolate} has ended by itself, and its memory is freed")]
    public static partial void Recovered(this ILogger logger, string isolate);

    [LoggerMessage(129, LogLevel.Error, "The heap of isolate {Isolate} (JsRun:Limits:MaxHeapBytes) was exhausted while a context was made ready. The isolate is replaced; {Neighbours} requests on it are lost")]
    public static partial void NoRoomForContext(this ILogger logger, string isolate, int neighbours);

    [LoggerMessage(144, LogLevel.Warning, "{Evaluation} exhausted the heap of the runtime on {Isolate}, which has ended: JsRuntimeOptions.MaxHeapBytes is {Limit}")]
    public static partial void RuntimeOutOfMemory(this ILogger logger, string evaluation, string isolate, long limit);

    [LoggerMessage(126, LogLevel.Error, "Isolate {Isolate} is replaced because of {Function} (request {RequestId}): {Reason} {Neighbours} other requests on it are lost")]
    public static partial void Outgrown(this ILogger logger, string function, string requestId, string isolate, string reason, int neighbours);

    [LoggerMessage(105, LogLevel.Critical, "Isolate {Isolate} does not stop: its thread is abandoned. It was running {Who}")]
    private static partial void ThreadAbandoned(this ILogger logger, string isolate, string who, string function, string requestId);

    [LoggerMessage(140, LogLevel.Warning, "The host function {HostFunction} failed, called by {Who}")]
    private static partial void HostFunctionFailedFor(this ILogger logger, string hostFunction, string who, string function, string requestId, Exception exception);

    [LoggerMessage(106, LogLevel.Critical, "The thread of isolate {Isolate} ended with an error")]
    public static partial void IsolateFailed(this ILogger logger, string isolate, Exception exception);

    [LoggerMessage(107, LogLevel.Error, "A message to isolate {Isolate} failed")]
    public static partial void WorkItemFailed(this ILogger logger, string isolate, Exception exception);

    [LoggerMessage(141, LogLevel.Error, "The host's callback {Callback} threw an exception")]
    public static partial void CallbackFailed(this ILogger logger, string callback, Exception exception);

    [LoggerMessage(142, LogLevel.Error, "The watchdog could not check an isolate")]
    public static partial void WatchdogFailed(this ILogger logger, Exception exception);

    [LoggerMessage(143, LogLevel.Warning, "An import of {Function} (request {RequestId}) failed in the host's code")]
    public static partial void ImportFailed(this ILogger logger, string function, string requestId, Exception exception);

    [LoggerMessage(145, LogLevel.Warning, "The cache store failed, called by {Function} (request {RequestId})")]
    public static partial void CacheStoreFailed(this ILogger logger, string function, string requestId, Exception exception);

    [LoggerMessage(108, LogLevel.Debug, "{Decision}")]
    public static partial void NativeLayer(this ILogger logger, string decision);

    [LoggerMessage(109, LogLevel.Warning, "{Who} was interrupted: {Reason}. Its context is disposed of{Consequence}")]
    private static partial void ContextThrownAway(this ILogger logger, string who, string reason, string consequence, string function, string requestId, int neighbours);

    [LoggerMessage(111, LogLevel.Warning, "{Who} was interrupted: {Reason}. New requests get another context{Consequence}")]
    private static partial void ContextReplaced(this ILogger logger, string who, string reason, string consequence, string function, string requestId, int neighbours);

    [LoggerMessage(110, LogLevel.Warning, "Reporting the rejected promises of {Who} took too long and was stopped: {Reason}")]
    private static partial void RejectionsStopped(this ILogger logger, string who, string reason, string function, string requestId);

    [LoggerMessage(120, LogLevel.Warning, "The runtime on {Isolate} was disposed of, but its thread had not ended {Time} later: a host function still runs on it")]
    public static partial void NotDisposed(this ILogger logger, string isolate, TimeSpan time);

    [LoggerMessage(121, LogLevel.Warning, "The host function {HostFunction} has blocked the thread of isolate {Isolate} for {Seconds} s, and {Waiting} messages wait for that thread. Synchronous host functions must not block; one that waits for its own runtime, as with EvaluateAsync(...).Result, never returns: make it asynchronous")]
    public static partial void HostBlocks(this ILogger logger, string hostFunction, string isolate, double seconds, int waiting);

    [LoggerMessage(122, LogLevel.Warning, "Code that {Execution} had left running in the runtime on {Isolate} was stopped: it ran longer than {Limit} in one turn of the event loop")]
    public static partial void LeftoverInterrupted(this ILogger logger, string execution, string isolate, TimeSpan limit);

    [LoggerMessage(130, LogLevel.Warning, "A context on isolate {Isolate} does not keep up with its BroadcastChannels: more than JsRun:Limits:MaxBroadcastLength ({Limit}) characters wait for it, so it misses messages")]
    public static partial void BroadcastDropped(this ILogger logger, string isolate, int limit);

    public static void Console(this ILogger logger, LogLevel level, string function, string requestId, string text) =>
        logger.ConsoleLine(level, requestId.Length > 0 ? $"{requestId} {text}" : text, function, requestId, text);

    public static void Uncaught(this ILogger logger, string function, string requestId, string error, string stack) =>
        logger.UncaughtError(Who(function, requestId), StackText.With(error, stack), function, requestId, error);

    public static void Interrupted(this ILogger logger, string function, string requestId, string reason, string isolate, int neighbours) =>
        logger.IsolateInterrupted(Who(function, requestId), reason, isolate, Lost(neighbours, "on it"), function, requestId, neighbours);

    public static void OutOfMemory(this ILogger logger, string function, string requestId, string isolate, int neighbours) =>
        logger.HeapExhausted(Who(function, requestId), isolate, Lost(neighbours, "on it"), function, requestId, neighbours);

    public static void Quarantined(this ILogger logger, string isolate, string function, string requestId) => logger.ThreadAbandoned(isolate, Who(function, requestId), function, requestId);

    public static void HostFunctionFailed(this ILogger logger, string hostFunction, string function, string requestId, Exception exception) =>
        logger.HostFunctionFailedFor(hostFunction, Who(function, requestId), function, requestId, exception);

    public static void ContextLost(this ILogger logger, string function, string requestId, string reason, int neighbours)
    {
        // Whatever runs when the host stops is interrupted, and has done nothing wrong: those whose requests are lost are told.
        if (reason != nameof(Limits.InterruptReason.Stopping))
        {
            logger.ContextThrownAway(Who(function, requestId), reason, Lost(neighbours, "in it"), function, requestId, neighbours);
        }
    }

    public static void OperationInterrupted(this ILogger logger, string function, string requestId, string reason, int neighbours) =>
        logger.ContextReplaced(Who(function, requestId), reason, neighbours == 0 ? "" : $"; {Requests(neighbours)} in its own go on", function, requestId, neighbours);

    public static void RejectionsNotTold(this ILogger logger, string function, string requestId, string reason) =>
        logger.RejectionsStopped(Who(function, requestId), reason, function, requestId);

    private static string Who(string function, string requestId) => function.Length == 0 ? "a script" : requestId.Length == 0 ? function : $"{function} (request {requestId})";

    private static string Lost(int neighbours, string where) => neighbours == 0 ? "" : $"; {Requests(neighbours)} {where} {(neighbours == 1 ? "is" : "are")} lost";

    private static string Requests(int neighbours) => neighbours == 1 ? "1 other request" : $"{neighbours} other requests";
}
