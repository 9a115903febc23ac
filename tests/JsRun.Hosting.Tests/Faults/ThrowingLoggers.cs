using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace JsRun.Hosting.Tests.Faults;

/// <summary>A logging provider that throws at every message but the host's own, which would not start, and is asked for all of them.</summary>
internal sealed class ThrowingLoggers : ILoggerProvider, ILogger
{
    private int _messages;

    /// <summary>How many messages it was given.</summary>
    public int Messages => Volatile.Read(ref _messages);

    public ILogger CreateLogger(string categoryName) => categoryName.StartsWith("Microsoft.Extensions.Hosting", StringComparison.Ordinal) ? NullLogger.Instance : this;

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        Interlocked.Increment(ref _messages);
        throw new InvalidOperationException($"There is no currently active test. {HostFaults.Secret}");
    }

    public void Dispose()
    {
    }
}
