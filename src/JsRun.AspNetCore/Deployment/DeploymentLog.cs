using Microsoft.Extensions.Logging;

namespace JsRun.AspNetCore.Deployment;

/// <summary>What happened to deployments: events 350 to 399. What came of each deployment is logged by JsRun.Hosting.</summary>
internal static partial class DeploymentLog
{
    [LoggerMessage(350, LogLevel.Warning, "{Route} is not served: {Reason}")]
    public static partial void ServesNothing(this ILogger logger, string route, string reason);

    [LoggerMessage(351, LogLevel.Information, "{File} was removed: {Route} is no longer served")]
    public static partial void Removed(this ILogger logger, string file, string route);

    [LoggerMessage(352, LogLevel.Error, "{Reason}")]
    public static partial void NotRouted(this ILogger logger, string reason);

    [LoggerMessage(353, LogLevel.Debug, "The folder {Folder} is watched for changes")]
    public static partial void Watching(this ILogger logger, string folder);

    [LoggerMessage(354, LogLevel.Warning, "The folder {Folder} cannot be watched for changes; restart the application to serve them")]
    public static partial void NotWatching(this ILogger logger, Exception exception, string folder);

    [LoggerMessage(355, LogLevel.Error, "The functions in {Folder} could not be updated; the next change tries again")]
    public static partial void SyncFailed(this ILogger logger, Exception exception, string folder);

    [LoggerMessage(360, LogLevel.Error, "The configuration file {File} has changed and cannot be read, so the next start would fail: {Reason}")]
    public static partial void ConfigurationBroken(this ILogger logger, string file, string reason);

    [LoggerMessage(356, LogLevel.Information, "{Count} functions serve from {Source}; {Failed} failed")]
    public static partial void Summary(this ILogger logger, int count, string source, int failed);

    [LoggerMessage(357, LogLevel.Information, "{Count} functions serve from {Source}; {Failed} failed, and {Libraries} files can only be imported: {Files}")]
    public static partial void SummaryWithLibraries(this ILogger logger, int count, string source, int failed, int libraries, string files);

    [LoggerMessage(358, LogLevel.Warning, "There are no functions in {Source}: it has no file whose name ends in .js, .mjs, .ts, .jsx or .tsx, or only files that are not routed (names that begin with _ or ., tests, declarations)")]
    public static partial void NoFunctions(this ILogger logger, string source);

    [LoggerMessage(359, LogLevel.Warning, "The folder {Folder} no longer exists: its functions continue to serve until it exists again")]
    public static partial void FolderIsGone(this ILogger logger, string folder);
}
