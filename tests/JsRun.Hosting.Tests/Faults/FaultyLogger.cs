using Microsoft.Extensions.Logging;

namespace JsRun.Hosting.Tests.Faults;

/// <summary>A logger whose every member throws.</summary>
internal sealed class FaultyLogger(Func<Exception> fault) : ILogger
{
    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => throw fault();

    public bool IsEnabled(LogLevel logLevel) => throw fault();

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) => throw fault();
}
