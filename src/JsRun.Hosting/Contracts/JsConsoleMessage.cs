using Microsoft.Extensions.Logging;

namespace JsRun;

/// <summary>One message that a script wrote to its console.</summary>
public readonly record struct JsConsoleMessage
{
    /// <summary>Gets the level: <c>console.error</c> is <see cref="LogLevel.Error"/>, <c>log</c> and <c>info</c> are <see cref="LogLevel.Information"/>, and so on.</summary>
    public LogLevel Level { get; init; }

    /// <summary>Gets the formatted text.</summary>
    public required string Text { get; init; }
}
