using System.Threading.Channels;
using Microsoft.Extensions.Logging;

namespace JsRun.Workers.Serving;

/// <summary>In a worker: hands what is logged to the host, in batches. What does not fit is dropped and counted. Thread-safe.</summary>
internal sealed class BrokerLoggerProvider : ILoggerProvider
{
    private const int MostWaiting = 10_000;
    private const int MostInBatch = 256;
    private const int MostCharacters = 64 * 1024;

    private readonly Channel<WorkerLogEntry> _entries = Channel.CreateBounded<WorkerLogEntry>(new BoundedChannelOptions(MostWaiting) { SingleReader = true, FullMode = BoundedChannelFullMode.Wait });
    private long _dropped;

    public ILogger CreateLogger(string categoryName) => new Forwarder(this, categoryName);

    public void Dispose() => _entries.Writer.TryComplete();

    /// <summary>Sends entries for as long as the process lives.</summary>
    public async Task SendAsync(IWorkerBroker broker)
    {
        var batch = new List<WorkerLogEntry>(MostInBatch);
        while (await _entries.Reader.WaitToReadAsync().ConfigureAwait(false))
        {
            batch.Clear();
            while (batch.Count < MostInBatch && _entries.Reader.TryRead(out var entry))
            {
                batch.Add(entry);
            }

            await broker.LogAsync([.. batch], Interlocked.Exchange(ref _dropped, 0)).ConfigureAwait(false);
        }
    }

    private void Add(WorkerLogEntry entry)
    {
        if (!_entries.Writer.TryWrite(entry))
        {
            Interlocked.Increment(ref _dropped);
        }
    }

    private sealed class Forwarder(BrokerLoggerProvider provider, string category) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Debug && logLevel != LogLevel.None && category.StartsWith("JsRun", StringComparison.Ordinal);

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (!IsEnabled(logLevel))
            {
                return;
            }

            var properties = state is IReadOnlyList<KeyValuePair<string, object?>> values
                ? values.Select(static v => new KeyValuePair<string, string?>(v.Key, Shorten(Convert.ToString(v.Value, System.Globalization.CultureInfo.InvariantCulture)))).ToArray()
                : [];
            provider.Add(new WorkerLogEntry(category, (int)logLevel, eventId.Id, eventId.Name, Shorten(formatter(state, exception))!, properties, Shorten(exception?.ToString())));
        }

        private static string? Shorten(string? text) => text?.Length > MostCharacters ? text[..MostCharacters] : text;
    }
}
