namespace JsRun.Scheduling;

/// <summary>
/// The timers of one isolate, ordered by due time and then by age. Used on the isolate's thread only; one <see cref="ITimer"/> wakes the mailbox when the first is due.
/// </summary>
internal sealed class TimerQueue : IDisposable
{
    private readonly TimeProvider _time;
    private readonly PriorityQueue<ScheduledItem, (long Due, long Order)> _queue = new();
    private readonly ITimer _alarm;
    private readonly double _frequency;
    private long _order;
    private long _now;
    private long _armedFor = long.MaxValue;

    public TimerQueue(TimeProvider time, Mailbox mailbox)
    {
        _time = time;
        _frequency = Frequency(time);
        _alarm = time.CreateGuardedTimer(mailbox, static mailbox => mailbox.Wake(), Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    public void Add(ScheduledItem timer, TimeSpan delay)
    {
        var due = Now() + (long)(delay.TotalSeconds * _frequency);
        _queue.Enqueue(timer, (due, _order++));
    }

    /// <summary>Gets whether a timer is due.</summary>
    public bool HasDue => _queue.TryPeek(out var timer, out var key) && !timer.Stopped && key.Due <= Now();

    /// <summary>Takes all timers that are due now, one by one. Those that are added meanwhile are for the next time, so that timers which set each other never keep messages waiting.</summary>
    public IEnumerable<ScheduledItem> TakeDue()
    {
        var now = Now();
        var end = _order;
        while (_queue.TryPeek(out var timer, out var key))
        {
            if (timer.Stopped)
            {
                _queue.Dequeue();
            }
            else if (key.Due <= now && key.Order < end)
            {
                _queue.Dequeue();
                yield return timer;
            }
            else
            {
                yield break;
            }
        }
    }

    /// <summary>Sets the alarm for the first timer. Called before the thread parks.</summary>
    public void Arm()
    {
        while (_queue.TryPeek(out var timer, out var key))
        {
            if (timer.Stopped)
            {
                _queue.Dequeue();
                continue;
            }

            if (key.Due != _armedFor)
            {
                _armedFor = key.Due;
                // Alarms have whole milliseconds: one that rings early would only be set again.
                var wait = Math.Ceiling((key.Due - Now()) * 1000 / _frequency);
                _alarm.Change(wait <= 0 ? TimeSpan.Zero : TimeSpan.FromMilliseconds(wait), Timeout.InfiniteTimeSpan);
            }

            return;
        }

        if (_armedFor != long.MaxValue)
        {
            _armedFor = long.MaxValue;
            _alarm.Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        }
    }

    /// <summary>The alarm rang, or may have: it must be set again.</summary>
    public void Disarm() => _armedFor = -1;

    public void Dispose() => _alarm.Dispose();

    private static double Frequency(TimeProvider time)
    {
        try
        {
            return time.TimestampFrequency;
        }
        catch (Exception)
        {
            // The application's clock failed: timers go by the system's.
            return TimeProvider.System.TimestampFrequency;
        }
    }

    // While the application's clock fails, time stands still for timers: the isolate and what else runs on it must not end for it.
    private long Now()
    {
        try
        {
            return _now = _time.GetTimestamp();
        }
        catch (Exception)
        {
            // The application's clock failed: time stands still until it works again.
            return _now;
        }
    }
}
