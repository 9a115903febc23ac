using Microsoft.Extensions.Logging;

namespace JsRun.Testing;

/// <summary>A message that a function wrote to <c>console</c>. Immutable.</summary>
public sealed class TestConsoleMessage
{
    internal TestConsoleMessage(string function, LogLevel level, string text)
    {
        Function = function;
        Level = level;
        Text = text;
    }

    /// <summary>Gets the name of the function, which is its route, such as <c>/users/{id}</c>; empty for a script that is not a function.</summary>
    public string Function { get; }

    /// <summary>Gets the level: <c>console.log</c> writes <see cref="LogLevel.Information"/>.</summary>
    public LogLevel Level { get; }

    /// <summary>Gets the text.</summary>
    public string Text { get; }

    /// <summary>Returns level, function and text.</summary>
    /// <returns>One line, or more if the text has several.</returns>
    public override string ToString() => $"{Level} {Function}: {Text}";
}
