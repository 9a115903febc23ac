using JsRun.Scheduling;

namespace JsRun.AspNetCore.Watching;

/// <summary>
/// Runs an action once things have been quiet for a moment: an editor's save is several changes. Runs never overlap; a change during a run leads to another one.
/// </summary>
internal sealed class Debouncer : IDisposable
{
    /// <summary>The time without changes after which the action runs.</summary>
    public static readonly TimeSpan Quiet = TimeSpan.FromMilliseconds(100);

    /// <summary>The longest time for which changes may delay the action.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromSeconds(1);

    private readonly Lock _lock = new();
    private readonly TimeProvider _time;
    private readonly Func<Task> _action;
    private readonly ITimer _timer;
    private long _first;
    private bool _pending;
    private bool _running;
    private bool _disposed;

    public Debouncer(TimeProvider time, Func<Task> action)
    {
        _time = time;
        _action = action;
        _timer = time.CreateGuardedTimer(this, static debouncer => debouncer.OnTimer(), Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    public void Signal()
    {
        lock (_lock)
        {
            if (!_pending)
            {
                _pending = true;
                _first = _time.GetTimestamp();
            }

            if (!_running && !_disposed)
            {
                var left = Longest - _time.GetElapsedTime(_first);
                _timer.Change(left < TimeSpan.Zero ? TimeSpan.Zero : left < Quiet ? left : Quiet, Timeout.InfiniteTimeSpan);
            }
        }
    }

    public void Dispose()
    {
        lock (_lock)
        {
            _disposed = true;
        }

        _timer.Dispose();
    }

    private void OnTimer()
    {
        lock (_lock)
        {
            if (_running || _disposed || !_pending)
            {
                return;
            }

            _running = true;
            _pending = false;
        }

        // What the action throws is the action's to report.
        RunAsync().Forget();
    }

    private async Task RunAsync()
    {
        try
        {
            await _action();
        }
        finally
        {
            lock (_lock)
            {
                _running = false;
                if (_pending && !_disposed)
                {
                    _timer.Change(Quiet, Timeout.InfiniteTimeSpan);
                }
            }
        }
    }
}
