using Microsoft.Extensions.Logging;

namespace JsRun.Deployment;

/// <summary>What happened to deployments: events 350 to 399. What came of each deployment is logged by JsRun.Hosting.</summary>
internal static partial class DeploymentLog
{
    [LoggerMessage(350, LogLevel.Debug, "{File} has no default export with a fetch method: it can be imported and serves nothing")]
    public static partial void Library(this ILogger logger, string file);

    [LoggerMessage(351, LogLevel.Information, "{File} is gone: {Route} is not served any more")]
    public static partial void Removed(this ILogger logger, string file, string route);

    [LoggerMessage(352, LogLevel.Error, "{Reason}")]
    public static partial void NotRouted(this ILogger logger, string reason);

    [LoggerMessage(353, LogLevel.Debug, "Changes beneath {Folder} are noticed")]
    public static partial void Watching(this ILogger logger, string folder);

    [LoggerMessage(354, LogLevel.Warning, "Changes beneath {Folder} cannot be noticed; restart the application to serve them")]
    public static partial void NotWatching(this ILogger logger, Exception exception, string folder);

    [LoggerMessage(355, LogLevel.Error, "The functions beneath {Folder} could not be brought up to date; the next change tries again")]
    public static partial void SyncFailed(this ILogger logger, Exception exception, string folder);
}
