using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace JsRun.AspNetCore.Tests.Fakes;

/// <summary>Keeps what was logged, and says when it was.</summary>
internal sealed class LogCollector : ILoggerProvider
{
    private readonly ConcurrentQueue<LogEntry> _entries = new();
    private readonly ConcurrentDictionary<Action<LogEntry>, byte> _listeners = new();

    public IReadOnlyCollection<LogEntry> Entries => _entries;

    public ILogger CreateLogger(string categoryName) => new Logger(this, categoryName);

    /// <summary>The next entry that fits, one that was logged already too.</summary>
    public async Task<LogEntry> WaitForAsync(Func<LogEntry, bool> fits)
    {
        var found = new TaskCompletionSource<LogEntry>(TaskCreationOptions.RunContinuationsAsynchronously);
        void Listen(LogEntry entry)
        {
            if (fits(entry))
            {
                found.TrySetResult(entry);
            }
        }

        _listeners.TryAdd(Listen, 0);
        foreach (var entry in _entries)
        {
            Listen(entry);
        }

        try
        {
            return await found.Task.WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);
        }
        catch (TimeoutException e)
        {
            throw new TimeoutException($"Nothing that fits was logged; what was:\n{string.Join('\n', _entries)}", e);
        }
        finally
        {
            _listeners.TryRemove(Listen, out _);
        }
    }

    public void Dispose()
    {
    }

    private void Add(LogEntry entry)
    {
        _entries.Enqueue(entry);
        foreach (var listener in _listeners.Keys)
        {
            listener(entry);
        }
    }

    private sealed class Logger(LogCollector collector, string category) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
            => collector.Add(new LogEntry(category, logLevel, eventId.Id, formatter(state, exception), exception));
    }
}
