using Microsoft.Extensions.Logging;

namespace JsRun.Testing.Output;

/// <summary>Writes one function's messages into the test's console.</summary>
internal sealed class ConsoleLogger(TestConsole console, string function) : ILogger
{
    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
        console.Add(new TestConsoleMessage(function, logLevel, TextOf(state) ?? formatter(state, exception)));

    // The line of the log begins with the request's id; the text alone is one of its properties.
    private static string? TextOf<TState>(TState state) => state is IReadOnlyList<KeyValuePair<string, object?>> properties
        ? properties.FirstOrDefault(static property => string.Equals(property.Key, "text", StringComparison.OrdinalIgnoreCase)).Value as string
        : null;
}
