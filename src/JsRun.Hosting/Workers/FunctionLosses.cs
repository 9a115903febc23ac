namespace JsRun.Workers;

/// <summary>Counts the workers that ended while a function ran, and suspends it if they are too many. Thread-safe.</summary>
internal sealed class FunctionLosses(TimeProvider time)
{
    /// <summary>As many losses within <see cref="Window"/> suspend the function.</summary>
    public const int Most = 3;

    public static readonly TimeSpan Window = TimeSpan.FromMinutes(10);
    public static readonly TimeSpan FirstSuspension = TimeSpan.FromMinutes(1);
    public static readonly TimeSpan LongestSuspension = TimeSpan.FromHours(1);

    private readonly Lock _lock = new();
    private readonly Queue<long> _losses = new();
    private TimeSpan _suspension;
    private long _suspendedAt;

    /// <summary>Counts a loss.</summary>
    /// <returns>For how long the function is suspended from now on; <see langword="null"/> if it is not.</returns>
    public TimeSpan? Add()
    {
        lock (_lock)
        {
            _losses.Enqueue(time.GetTimestamp());
            Forget();
            // After a suspension one more is enough.
            if (_losses.Count < Most && _suspension == TimeSpan.Zero)
            {
                return null;
            }

            _suspension = _suspension == TimeSpan.Zero ? FirstSuspension : TimeSpan.FromTicks(Math.Min(_suspension.Ticks * 2, LongestSuspension.Ticks));
            _suspendedAt = time.GetTimestamp();
            return _suspension;
        }
    }

    /// <summary>The number of losses that count now.</summary>
    public int Count
    {
        get
        {
            lock (_lock)
            {
                Forget();
                return _losses.Count;
            }
        }
    }

    /// <summary>For how long it is still suspended; <see langword="null"/> if it is not.</summary>
    public TimeSpan? Suspended
    {
        get
        {
            lock (_lock)
            {
                var left = _suspension == TimeSpan.Zero ? TimeSpan.Zero : _suspension - time.GetElapsedTime(_suspendedAt);
                return left > TimeSpan.Zero ? left : null;
            }
        }
    }

    /// <summary>Another version of the function is deployed.</summary>
    public void Reset()
    {
        lock (_lock)
        {
            _losses.Clear();
            _suspension = TimeSpan.Zero;
        }
    }

    private void Forget()
    {
        while (_losses.TryPeek(out var oldest) && time.GetElapsedTime(oldest) > Window)
        {
            _losses.Dequeue();
            if (_losses.Count == 0)
            {
                _suspension = TimeSpan.Zero;
            }
        }
    }
}
