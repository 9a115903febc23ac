using Microsoft.Extensions.Logging;

namespace JsRun.Images;

/// <summary>Messages of images (150 to 199, of the engine).</summary>
internal static partial class ImageLog
{
    [LoggerMessage(150, LogLevel.Information, "Contexts start from {Tier}: {Reason}")]
    public static partial void TierDecided(this ILogger logger, JsImageTier tier, string reason);

    [LoggerMessage(151, LogLevel.Information, "The heap image of {Scope} is ready: {Size} KiB, {Functions} functions ({Source}, {Milliseconds} ms)")]
    public static partial void ImageReady(this ILogger logger, string scope, int size, int functions, string source, long milliseconds);

    [LoggerMessage(152, LogLevel.Warning, "{Function} has no heap image, so its contexts are replayed: {Reason}")]
    public static partial void FunctionUnfit(this ILogger logger, string function, string reason);

    [LoggerMessage(153, LogLevel.Warning, "The heap image of {Scope} could not be built (attempt {Attempt}), so contexts are replayed meanwhile: {Reason}")]
    public static partial void BuildFailed(this ILogger logger, string scope, int attempt, string reason);

    [LoggerMessage(154, LogLevel.Warning, "The cached image {Path} is not used: {Reason}. It is built again")]
    public static partial void CachedImageRefused(this ILogger logger, string path, string reason);

    [LoggerMessage(155, LogLevel.Warning, "The cache of images cannot be used for {Path}: {Reason}")]
    public static partial void CacheFailed(this ILogger logger, string path, string reason);

    [LoggerMessage(156, LogLevel.Warning, "Images are not kept on disk: {Reason}")]
    public static partial void NoCache(this ILogger logger, string reason);

    [LoggerMessage(157, LogLevel.Warning, "The heap snapshot of {Scripts} cannot be restored here, so its scripts are replayed: {Reason}")]
    public static partial void SnapshotReplayed(this ILogger logger, string scripts, string reason);

    [LoggerMessage(158, LogLevel.Warning, "A heap image of {Scope} with all {Functions} functions cannot be built, so it is tried in parts, and contexts are replayed meanwhile: {Reason}")]
    public static partial void BuildInParts(this ILogger logger, string scope, int functions, string reason);

    [LoggerMessage(160, LogLevel.Warning, "{Count} functions of {Scope} are not part of its heap image, so their contexts are replayed: {Reason}")]
    public static partial void FunctionsLeftOut(this ILogger logger, int count, string scope, string reason);

    [LoggerMessage(159, LogLevel.Debug, "All isolates of {Scope} start from its latest heap image")]
    public static partial void ImageServes(this ILogger logger, string scope);

    [LoggerMessage(161, LogLevel.Warning, "No function is served from hardened contexts: V8's flag js_nonextensible_applies_to_private is not set. {Reason}")]
    public static partial void NoHardenedContexts(this ILogger logger, string reason);
}
