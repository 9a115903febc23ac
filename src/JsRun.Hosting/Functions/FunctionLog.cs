using Microsoft.Extensions.Logging;

// Structured logs get properties beside those that the text shows.
#pragma warning disable SYSLIB1015

namespace JsRun.Functions;

/// <summary>Messages of functions (200 to 299).</summary>
internal static partial class FunctionLog
{
    [LoggerMessage(200, LogLevel.Information, "{Function} is ready: generation {Generation} of {File}{Where}")]
    private static partial void FunctionReady(this ILogger logger, string function, int generation, string file, string where, string group);

    [LoggerMessage(201, LogLevel.Error, "{Function} could not be deployed from {File}:\n{Error}")]
    public static partial void DeploymentFailed(this ILogger logger, string function, string file, string error);

    [LoggerMessage(202, LogLevel.Error, "{Function}: the new version of {File} cannot be deployed, and generation {Generation} continues to serve:\n{Error}")]
    public static partial void ReloadFailed(this ILogger logger, string function, string file, int generation, string error);

    public static void Deployed(this ILogger logger, string function, int generation, string file, string group) =>
        logger.FunctionReady(function, generation, file, group.Length == 0 ? "" : $" in the group '{group}'", group);

    [LoggerMessage(210, LogLevel.Warning, "{Function}: a promise that was passed to waitUntil can never settle, because nothing is left that could settle it; the wait for it has ended (request {RequestId})")]
    public static partial void WaitUntilStalled(this ILogger logger, string function, string requestId);

    [LoggerMessage(203, LogLevel.Debug, "{Function} could not be deployed this time either: {Error}")]
    public static partial void StillFailing(this ILogger logger, string function, string error);

    [LoggerMessage(205, LogLevel.Information, "{Function}: its first requests have changed no built-in, and the next are served from hardened contexts")]
    public static partial void ServedHardened(this ILogger logger, string function);

    [LoggerMessage(206, LogLevel.Warning, "{Function} is no longer served from hardened contexts. {Reason}")]
    public static partial void NoLongerServedHardened(this ILogger logger, string function, string reason);

    [LoggerMessage(207, LogLevel.Information, "{Function} is not served from hardened contexts. {Reason}")]
    public static partial void NotServedHardened(this ILogger logger, string function, string reason);

    [LoggerMessage(204, LogLevel.Warning, "The top level of {Function} ({File}) waits for something and has not ended. Other functions are served meanwhile, and its requests wait for it")]
    public static partial void TopLevelWaits(this ILogger logger, string function, string file);
}
