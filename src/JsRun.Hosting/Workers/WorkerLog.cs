using JsRun.Diagnostics;
using Microsoft.Extensions.Logging;

namespace JsRun.Workers;

/// <summary>Writes what a worker logs to the host's log, under the same category, level and event. Thread-safe.</summary>
internal sealed class WorkerLog(GuardedLoggerFactory loggers, ILogger own)
{
    private const int MostEntries = 1000;

    public void Write(IReadOnlyList<LogEntry> entries, long dropped)
    {
        foreach (var entry in entries.Take(MostEntries))
        {
            // Categories of its own are all that a worker may write under.
            if (!entry.Category.StartsWith("JsRun", StringComparison.Ordinal) || !Enum.IsDefined((LogLevel)entry.Level))
            {
                continue;
            }

            var state = new List<KeyValuePair<string, object?>>(entry.Properties.Count);
            foreach (var (name, value) in entry.Properties)
            {
                state.Add(new(name, value));
            }

            loggers.CreateLogger(entry.Category).Log((LogLevel)entry.Level, new EventId(entry.EventId, entry.EventName), state, null, (_, _) => entry.Exception is null ? entry.Message : $"{entry.Message}{Environment.NewLine}{entry.Exception}");
        }

        if (dropped > 0)
        {
            own.EntriesDropped(dropped);
        }
    }
}
