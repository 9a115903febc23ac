using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace JsRun.Testing.Output;

/// <summary>Takes the messages of the functions' consoles out of the application's log.</summary>
internal sealed class ConsoleProvider(TestConsole console) : ILoggerProvider
{
    private const string Category = "JsRun.Console";

    public ILogger CreateLogger(string categoryName) => categoryName == Category || categoryName.StartsWith(Category + ".", StringComparison.Ordinal)
        ? new ConsoleLogger(console, categoryName[Category.Length..].TrimStart('.'))
        : NullLogger.Instance;

    public void Dispose()
    {
    }
}
