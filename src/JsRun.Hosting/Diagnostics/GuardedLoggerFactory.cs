using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace JsRun.Diagnostics;

/// <summary>The source of all of JsRun's loggers: none of them throws, whatever the application's logging providers do. Thread-safe.</summary>
internal sealed class GuardedLoggerFactory(ILoggerFactory inner) : ILoggerFactory
{
    public ILogger CreateLogger(string categoryName)
    {
        try
        {
            return new GuardedLogger(inner.CreateLogger(categoryName));
        }
        catch (Exception)
        {
            // A factory that fails cannot be told of it.
            return NullLogger.Instance;
        }
    }

    public void AddProvider(ILoggerProvider provider) => inner.AddProvider(provider);

    public void Dispose()
    {
        // The container owns the inner one.
    }
}
