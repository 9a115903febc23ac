using Microsoft.Extensions.Logging;

namespace JsRun;

/// <summary>One message that a script wrote to its console.</summary>
/// <param name="Level">The level: <c>console.error</c> is an error, <c>log</c> and <c>info</c> are information, and so on.</param>
/// <param name="Text">The formatted text.</param>
public readonly record struct JsConsoleMessage(LogLevel Level, string Text);
