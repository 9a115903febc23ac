using Microsoft.Extensions.Logging;

namespace JsRun.Diagnostics;

/// <summary>A logger that never throws: what an application's logging provider throws reaches neither the threads that run scripts nor the scripts. Thread-safe if the inner one is.</summary>
internal sealed class GuardedLogger(ILogger inner) : ILogger
{
    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull
    {
        try
        {
            return inner.BeginScope(state) is { } scope ? new GuardedScope(scope) : null;
        }
        catch (Exception)
        {
            // A logger that fails cannot be told of it.
            return null;
        }
    }

    public bool IsEnabled(LogLevel logLevel)
    {
        try
        {
            return inner.IsEnabled(logLevel);
        }
        catch (Exception)
        {
            // A logger that fails cannot be told of it.
            return false;
        }
    }

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        try
        {
            inner.Log(logLevel, eventId, state, exception, formatter);
        }
        catch (Exception)
        {
            // A provider failed; the log is the place where that would be said. If it failed because the exception cannot be described, what is left of it is logged.
            if (exception is not null && ExceptionText.FailsToDescribe(exception) && ExceptionText.Substitute(exception) is var substitute)
            {
                Log(logLevel, eventId, state, substitute, formatter);
            }
        }
    }

    private sealed class GuardedScope(IDisposable inner) : IDisposable
    {
        public void Dispose()
        {
            try
            {
                inner.Dispose();
            }
            catch (Exception)
            {
                // As above.
            }
        }
    }
}
