using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace JsRun.Hosting.Tests;

/// <summary>Keeps what is logged, and lets a test wait for a message.</summary>
internal sealed class LogCollector : ILoggerProvider
{
    private readonly ConcurrentQueue<LogEntry> _entries = new();
    private readonly SemaphoreSlim _written = new(0);

    public IReadOnlyCollection<LogEntry> Entries => _entries;

    public ILogger CreateLogger(string categoryName) => new Logger(this, categoryName);

    public async Task<LogEntry> WaitForAsync(Func<LogEntry, bool> predicate)
    {
        using var wedge = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        wedge.CancelAfter(TimeSpan.FromSeconds(30));
        while (true)
        {
            if (_entries.FirstOrDefault(predicate) is { } entry)
            {
                return entry;
            }

            await _written.WaitAsync(wedge.Token);
        }
    }

    public void Dispose()
    {
    }

    private sealed class Logger(LogCollector collector, string category) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            collector._entries.Enqueue(new LogEntry(category, logLevel, eventId.Id, formatter(state, exception), exception));
            collector._written.Release();
        }
    }
}
