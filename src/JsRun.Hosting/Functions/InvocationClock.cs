using JsRun.Scheduling;

namespace JsRun.Functions;

/// <summary>The time for which a request may go on whose client has left, or whose response is complete. For any thread.</summary>
/// <param name="time">The clock.</param>
/// <param name="limits">The function's limits.</param>
/// <param name="began">When the request came, by <paramref name="time"/>.</param>
internal sealed class InvocationClock(TimeProvider time, JsRunLimitsOptions limits, long began)
{
    // For listeners to the abort, and for what is told that its request has ended.
    private static readonly TimeSpan LastWords = TimeSpan.FromSeconds(5);

    private readonly Lock _lock = new();
    private ITimer? _timer;
    private bool _stopped;

    /// <summary>What is left of <c>Limits:Timeout</c>.</summary>
    private TimeSpan Rest => limits.Timeout - time.GetElapsedTime(began) is { Ticks: > 0 } rest ? rest : TimeSpan.Zero;

    /// <summary>Has something happen when the time is up; the first call counts.</summary>
    /// <param name="answered">Whether the response had begun: it is then <c>Limits:IdleTimeout</c> from now on, else the rest of <c>Limits:Timeout</c>.</param>
    /// <param name="end">What happens, on the thread pool.</param>
    public void Start(bool answered, Action end)
    {
        lock (_lock)
        {
            if (!_stopped)
            {
                _timer ??= Create(end, answered ? limits.IdleTimeout : Rest);
            }
        }
    }

    /// <summary>The same, <c>Limits:IdleTimeout</c> from now on, whatever was to happen.</summary>
    public void Restart(Action end)
    {
        lock (_lock)
        {
            if (!_stopped)
            {
                _timer?.Dispose();
                _timer = Create(end, limits.IdleTimeout);
            }
        }
    }

    /// <summary>Has something happen where what follows takes long, until the result is disposed of.</summary>
    public ITimer Hurry(Action end) => Create(end, LastWords);

    /// <summary>Nothing happens any more.</summary>
    public void Stop()
    {
        lock (_lock)
        {
            _stopped = true;
            _timer?.Dispose();
        }
    }

    private ITimer Create(Action end, TimeSpan due) => time.CreateGuardedTimer(end, static end => end(), due, Timeout.InfiniteTimeSpan);
}
