namespace JsRun.Scheduling;

/// <summary>
/// Timers whose callback may fail, of a <see cref="TimeProvider"/> that may fail: an exception that leaves a timer's callback would end the process, and one that
/// leaves <see cref="ITimer.Change"/> would end the thread of an isolate. What a provider cannot time, the system's clock does.
/// </summary>
internal static class GuardedTimer
{
    /// <summary>As <see cref="TimeProvider.CreateTimer"/>; what <paramref name="callback"/> throws is dropped, for nobody is there who could be told.</summary>
    public static ITimer CreateGuardedTimer<T>(this TimeProvider time, T state, Action<T> callback, TimeSpan dueTime, TimeSpan period)
        where T : class
    {
        var timer = new Guarded<T>(state, callback);
        timer.Start(time, dueTime, period);
        return timer;
    }

    private sealed class Guarded<T>(T state, Action<T> callback) : ITimer
    {
        private readonly Lock _lock = new();
        private ITimer? _timer;
        private ITimer? _substitute;
        private bool _disposed;

        public void Start(TimeProvider time, TimeSpan dueTime, TimeSpan period)
        {
            try
            {
                _timer = time.CreateTimer(Run, this, dueTime, period);
            }
            catch (Exception)
            {
                // The application's clock failed: the system's takes its place.
                ChangeSubstitute(dueTime, period);
            }
        }

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            try
            {
                if (_timer is { } timer)
                {
                    var changed = timer.Change(dueTime, period);
                    _substitute?.Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
                    return changed;
                }
            }
            catch (Exception)
            {
                // The substitute it is.
            }

            return ChangeSubstitute(dueTime, period);
        }

        public void Dispose()
        {
            DisposeSubstitute();
            try
            {
                _timer?.Dispose();
            }
            catch (Exception)
            {
                // It may ring once more, as any timer may.
            }
        }

        public async ValueTask DisposeAsync()
        {
            DisposeSubstitute();
            try
            {
                if (_timer is { } timer)
                {
                    await timer.DisposeAsync().ConfigureAwait(false);
                }
            }
            catch (Exception)
            {
                // As above.
            }
        }

        private static void Run(object? state)
        {
            var timer = (Guarded<T>)state!;
            try
            {
                timer.Call();
            }
            catch (Exception)
            {
                // What it was to end ends by what else ends it.
            }
        }

        private void Call() => callback(state);

        private bool ChangeSubstitute(TimeSpan dueTime, TimeSpan period)
        {
            lock (_lock)
            {
                if (_disposed)
                {
                    return false;
                }

                _substitute ??= TimeProvider.System.CreateTimer(Run, this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
                return _substitute.Change(dueTime, period);
            }
        }

        private void DisposeSubstitute()
        {
            lock (_lock)
            {
                _disposed = true;
                _substitute?.Dispose();
            }
        }
    }
}
