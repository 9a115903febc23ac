using Microsoft.Extensions.Logging;

namespace JsRun.AspNetCore.Inspector;

/// <summary>The log of the inspector.</summary>
internal static partial class InspectorLog
{
    [LoggerMessage(370, LogLevel.Information, "The inspector listens on {Url}/json/list; whoever knows this URL can run code in the functions")]
    public static partial void Listening(this ILogger logger, string url);

    [LoggerMessage(371, LogLevel.Information, "Debug {Function} with {Link} ({WebSocketUrl})")]
    public static partial void Target(this ILogger logger, string function, string link, string webSocketUrl);

    [LoggerMessage(372, LogLevel.Information, "A debugger is attached to {Function}: an isolate of its own serves it, without limits of time")]
    public static partial void Attached(this ILogger logger, string function);

    [LoggerMessage(373, LogLevel.Information, "A debugger is detached from {Function}")]
    public static partial void Detached(this ILogger logger, string function);

    [LoggerMessage(374, LogLevel.Warning, "No debugger can attach: {Reason}")]
    public static partial void Unavailable(this ILogger logger, string reason);
}
