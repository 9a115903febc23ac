using Microsoft.Extensions.Logging;

namespace JsRun.Modules.Compilation;

/// <summary>Messages of compiled modules that are kept on disk (190 to 199, of the engine).</summary>
internal static partial class ModuleCacheLog
{
    [LoggerMessage(190, LogLevel.Warning, "The compiled module {Path} is damaged. It is compiled again")]
    public static partial void CompiledModuleRefused(this ILogger logger, string path);

    [LoggerMessage(191, LogLevel.Information, "A compiled module cannot be stored in {Path}: {Reason}")]
    public static partial void ModuleCacheFailed(this ILogger logger, string path, string reason);

    [LoggerMessage(192, LogLevel.Information, "Compiled modules are not kept on disk: {Reason}")]
    public static partial void NoModuleCache(this ILogger logger, string reason);
}
