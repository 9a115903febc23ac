using JsRun.Diagnostics;
using Microsoft.Extensions.Logging;

namespace JsRun.Permissions;

/// <summary>Tells of refused calls: to the logger <c>JsRun.Audit</c>, the meter, and listeners. Thread-safe.</summary>
internal sealed partial class PermissionAudit(GuardedLoggerFactory loggers, JsRunMetrics metrics, IEnumerable<Action<JsPermissionDenial>> listeners)
{
    public const string Category = "JsRun.Audit";

    private readonly ILogger _logger = loggers.CreateLogger(Category);
    private readonly Action<JsPermissionDenial>[] _listeners = [.. listeners];

    /// <param name="denial">What was refused.</param>
    /// <param name="listener">One more who listens, for this context only.</param>
    /// <param name="isLogged">Whether it is logged as well, and not only counted and told.</param>
    public void Denied(JsPermissionDenial denial, Action<JsPermissionDenial>? listener, bool isLogged)
    {
        if (isLogged)
        {
            Denied(_logger, denial.Permission, denial.Function, denial.RequestId ?? "", denial.Group);
        }

        metrics.PermissionDenied(denial.Group, denial.Permission);
        foreach (var tell in listener is null ? _listeners : [.. _listeners, listener])
        {
            try
            {
                tell(denial);
            }
            catch (Exception e)
            {
                // Listeners must not change what the script sees.
                ListenerFailed(_logger, denial.Permission, e);
            }
        }
    }

    [LoggerMessage(600, LogLevel.Warning, "Denied {Permission} to {Function} (request {RequestId}, group '{Group}')", EventName = "PermissionDenied")]
    private static partial void Denied(ILogger logger, string permission, string function, string requestId, string group);

    [LoggerMessage(601, LogLevel.Error, "A listener for denied permissions failed ({Permission})")]
    private static partial void ListenerFailed(ILogger logger, string permission, Exception exception);
}
