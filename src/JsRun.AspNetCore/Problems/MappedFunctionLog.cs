using JsRun.Diagnostics;
using JsRun.Functions;
using Microsoft.Extensions.Logging;

// Structured logs get properties beside those that the text shows.
#pragma warning disable SYSLIB1015

namespace JsRun.AspNetCore.Problems;

/// <summary>What happened to requests: events 300 to 349.</summary>
internal static partial class MappedFunctionLog
{
    [LoggerMessage(300, LogLevel.Error, "Function {Function} failed (request {RequestId}){At}: {Error}")]
    private static partial void ScriptFailed(this ILogger logger, string function, string requestId, string at, string error, string position, string errorMessage, string stack);

    [LoggerMessage(301, LogLevel.Warning, "Function {Function} took too long (request {RequestId}): {Reason}")]
    public static partial void TimedOut(this ILogger logger, string function, string requestId, string reason);

    [LoggerMessage(302, LogLevel.Warning, "Function {Function} found no free isolate (request {RequestId}): {Reason}")]
    public static partial void NoLease(this ILogger logger, string function, string requestId, string reason);

    [LoggerMessage(303, LogLevel.Error, "Function {Function} exceeded its memory limit (request {RequestId}): {Reason}")]
    public static partial void MemoryLimit(this ILogger logger, string function, string requestId, string reason);

    [LoggerMessage(304, LogLevel.Warning, "Function {Function} lost its isolate to another request (request {RequestId}): {Reason}")]
    public static partial void IsolateLost(this ILogger logger, string function, string requestId, string reason);

    [LoggerMessage(305, LogLevel.Warning, "Function {Function} is not deployed (request {RequestId}): {Reason}")]
    public static partial void NotDeployed(this ILogger logger, string function, string requestId, string reason);

    [LoggerMessage(306, LogLevel.Information, "Function {Function} was stopped with the host (request {RequestId}): {Reason}")]
    public static partial void Stopping(this ILogger logger, string function, string requestId, string reason);

    [LoggerMessage(307, LogLevel.Error, "Function {Function} returned a response that cannot be sent (request {RequestId}): {Reason}")]
    public static partial void InvalidResponse(this ILogger logger, string function, string requestId, string reason);

    [LoggerMessage(308, LogLevel.Information, "A request to function {Function} has a body that is too large (request {RequestId}): {Reason}")]
    public static partial void RequestTooLarge(this ILogger logger, string function, string requestId, string reason);

    [LoggerMessage(309, LogLevel.Warning, "Function {Function} failed after its response had begun: the connection is closed, so that the client does not take the response for complete (request {RequestId})")]
    public static partial void ConnectionAborted(this ILogger logger, string function, string requestId);

    [LoggerMessage(310, LogLevel.Debug, "The client of function {Function} has disconnected (request {RequestId})")]
    public static partial void ClientGone(this ILogger logger, string function, string requestId);

    [LoggerMessage(311, LogLevel.Debug, "A request was refused before function {Function} saw it (request {RequestId}): {Reason}")]
    public static partial void Refused(this ILogger logger, string function, string requestId, string reason);

    [LoggerMessage(312, LogLevel.Warning, "{Count} more requests to function {Function} were refused within {Interval}, the last (request {RequestId}) because: {Reason}")]
    public static partial void MoreRefused(this ILogger logger, int count, string function, TimeSpan interval, string requestId, string reason);

    [LoggerMessage(313, LogLevel.Error, "A filter of function {Function} failed (request {RequestId}): {Reason}")]
    private static partial void FilterFailed(this ILogger logger, string function, string requestId, string reason, Exception? exception);

    [LoggerMessage(314, LogLevel.Error, "Function {Function} lost its worker process (request {RequestId}): {Reason}")]
    public static partial void WorkerLost(this ILogger logger, string function, string requestId, string reason);

    [LoggerMessage(315, LogLevel.Warning, "Function {Function} is suspended (request {RequestId}): {Reason}")]
    public static partial void Suspended(this ILogger logger, string function, string requestId, string reason);

    public static void Failed(this ILogger logger, string function, string requestId, JsRunException exception)
    {
        switch (exception)
        {
            case JavaScriptException script:
                var position = ScriptPosition.Of(script);
                // V8's stacks begin with the message.
                var error = script.JsStack.Contains(script.Message, StringComparison.Ordinal) ? script.JsStack : $"{script.Message}\n{script.JsStack}".TrimEnd();
                logger.ScriptFailed(function, requestId, position.Length > 0 ? $" at {position}" : "", LogText.Escape(error), position, LogText.Escape(script.Message), LogText.Escape(script.JsStack));
                break;
            case JsHostException:
                logger.FilterFailed(function, requestId, exception.Message, exception.InnerException);
                break;
            case JsTimeoutException:
                logger.TimedOut(function, requestId, exception.Message);
                break;
            case JsPoolExhaustedException:
                logger.NoLease(function, requestId, exception.Message);
                break;
            case JsMemoryLimitException:
                logger.MemoryLimit(function, requestId, exception.Message);
                break;
            case JsIsolateLostException:
                logger.IsolateLost(function, requestId, exception.Message);
                break;
            case JsModuleException:
                logger.NotDeployed(function, requestId, exception.Message);
                break;
            case JsWorkerLostException:
                logger.WorkerLost(function, requestId, exception.Message);
                break;
            case JsFunctionSuspendedException:
                logger.Suspended(function, requestId, exception.Message);
                break;
            case JsTerminatedException:
                logger.Stopping(function, requestId, exception.Message);
                break;
            case Bridge.RefusedRequestException or EdgeFunctionRequestException:
                logger.Refused(function, requestId, exception.Message);
                break;
            case Bridge.RequestTooLargeException:
                logger.RequestTooLarge(function, requestId, exception.Message);
                break;
            default:
                logger.InvalidResponse(function, requestId, exception.Message);
                break;
        }
    }
}
