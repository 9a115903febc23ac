using Microsoft.Extensions.Logging;

namespace JsRun.Deployment;

/// <summary>What happened to deployments: events 350 to 399.</summary>
internal static partial class DeploymentLog
{
    [LoggerMessage(350, LogLevel.Information, "{File} serves {Route} (generation {Generation}, {Isolation})")]
    public static partial void Serves(this ILogger logger, string file, string route, int generation, JsIsolation isolation);

    [LoggerMessage(351, LogLevel.Error, "{File} cannot serve {Route}: {Reason}")]
    public static partial void DeployFailed(this ILogger logger, string file, string route, string reason);

    [LoggerMessage(352, LogLevel.Error, "The new version of {File} is broken; generation {Generation} goes on serving {Route}: {Reason}")]
    public static partial void ReloadFailed(this ILogger logger, string file, int generation, string route, string reason);

    [LoggerMessage(353, LogLevel.Debug, "{File} has no default export with a fetch method: it can be imported and serves nothing")]
    public static partial void Library(this ILogger logger, string file);

    [LoggerMessage(354, LogLevel.Information, "{File} is gone: {Route} is not served any more")]
    public static partial void Removed(this ILogger logger, string file, string route);

    [LoggerMessage(355, LogLevel.Error, "{Reason}")]
    public static partial void NotRouted(this ILogger logger, string reason);

    [LoggerMessage(356, LogLevel.Debug, "Changes beneath {Folder} are noticed")]
    public static partial void Watching(this ILogger logger, string folder);

    [LoggerMessage(357, LogLevel.Warning, "Changes beneath {Folder} cannot be noticed; restart the application to serve them")]
    public static partial void NotWatching(this ILogger logger, Exception exception, string folder);

    [LoggerMessage(358, LogLevel.Error, "The functions beneath {Folder} could not be brought up to date; the next change tries again")]
    public static partial void SyncFailed(this ILogger logger, Exception exception, string folder);
}
