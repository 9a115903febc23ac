using System.Collections.Concurrent;
using System.Diagnostics;
using Microsoft.Extensions.Logging;

namespace JsRun.Hosting.Tests;

/// <summary>Keeps, of each message that is logged, which activity was current and which scopes were open.</summary>
internal sealed class FlowLog : ILoggerProvider, ISupportExternalScope
{
    private readonly ConcurrentQueue<(string Category, string Message, ActivityTraceId Trace, string Scopes)> _entries = new();
    private IExternalScopeProvider _scopes = null!;

    /// <summary>The trace and the scopes of the first message that has the text, once it is there.</summary>
    public async Task<(ActivityTraceId Trace, string Scopes)> FindAsync(string text)
    {
        await Eventually.HoldsAsync(() => _entries.Any(e => e.Message.Contains(text, StringComparison.Ordinal)));
        var (_, _, trace, scopes) = _entries.First(e => e.Message.Contains(text, StringComparison.Ordinal));
        return (trace, scopes);
    }

    public ILogger CreateLogger(string categoryName) => new Logger(this, categoryName);

    public void SetScopeProvider(IExternalScopeProvider scopeProvider) => _scopes = scopeProvider;

    public void Dispose()
    {
    }

    private sealed class Logger(FlowLog log, string category) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => log._scopes.Push(state);

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            var scopes = new List<string>();
            log._scopes.ForEachScope(static (scope, list) => list.Add($"{scope}"), scopes);
            log._entries.Enqueue((category, formatter(state, exception), Activity.Current?.TraceId ?? default, string.Join(';', scopes)));
        }
    }
}
