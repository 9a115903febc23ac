using Microsoft.Extensions.Logging;

namespace JsRun.Options;

/// <summary>Messages about the configuration: events 280 to 289.</summary>
internal static partial class OptionsLog
{
    [LoggerMessage(280, LogLevel.Warning, "The configuration has a value at {Key}, where a section belongs, so the value is ignored. It comes from {Origin}; if that is an environment variable of another program, nothing needs to be done")]
    public static partial void ValueInPlaceOfSection(this ILogger logger, string key, string origin);

    [LoggerMessage(281, LogLevel.Warning, "The configuration has changed and takes effect at the next start: {Keys}")]
    public static partial void Changed(this ILogger logger, string keys);

    [LoggerMessage(282, LogLevel.Error, "The configuration has changed, and the next start would fail: {Failures}")]
    public static partial void ChangedForTheWorse(this ILogger logger, string failures);

    [LoggerMessage(283, LogLevel.Information, "The configuration is the same again as at the start")]
    public static partial void ChangedBack(this ILogger logger);
}
