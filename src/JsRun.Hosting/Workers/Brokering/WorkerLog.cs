using JsRun.Diagnostics;
using JsRun.Permissions;
using Microsoft.Extensions.Logging;

namespace JsRun.Workers.Brokering;

/// <summary>Writes what one worker logs to the host's log, under the same category, level and event, within a limit of size and rate. Not thread-safe.</summary>
internal sealed class WorkerLog(GuardedLoggerFactory loggers, ILogger own, TimeProvider time)
{
    /// <summary>As many entries are written in a second; more are dropped and counted.</summary>
    public const int MostInASecond = 5000;

    private const int MostCharacters = 64 * 1024;
    private const int MostProperties = 32;

    private long _began = time.GetTimestamp();
    private int _written;
    private long _dropped;

    public void Write(IReadOnlyList<WorkerLogEntry> entries, long dropped)
    {
        if (time.GetElapsedTime(_began) >= TimeSpan.FromSeconds(1))
        {
            (_began, _written) = (time.GetTimestamp(), 0);
        }

        _dropped += Math.Max(0, dropped);
        foreach (var entry in entries)
        {
            // The host audits itself.
            if (entry.Category == PermissionAudit.Category)
            {
                continue;
            }

            // Categories of JsRun's are all that a worker may write under.
            if (++_written > MostInASecond || !entry.Category.StartsWith("JsRun", StringComparison.Ordinal) || !Enum.IsDefined((LogLevel)entry.Level))
            {
                _dropped++;
                continue;
            }

            var state = entry.Properties.Take(MostProperties).Select(static p => new KeyValuePair<string, object?>(p.Key, Shorten(p.Value))).ToArray();
            var text = Shorten(entry.Exception is null ? entry.Message : $"{entry.Message}{Environment.NewLine}{entry.Exception}")!;
            loggers.CreateLogger(entry.Category).Log((LogLevel)entry.Level, new EventId(entry.EventId, entry.EventName), state, null, (_, _) => text);
        }

        if (_dropped > 0 && _written <= MostInASecond)
        {
            own.EntriesDropped(_dropped);
            _dropped = 0;
        }
    }

    private static string? Shorten(string? text) => text?.Length > MostCharacters ? text[..MostCharacters] : text;
}
