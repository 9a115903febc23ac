namespace JsRun.Scheduling;

/// <summary>Timers whose callback may fail: an exception that leaves a timer's callback would end the process.</summary>
internal static class GuardedTimer
{
    /// <summary>As <see cref="TimeProvider.CreateTimer"/>; what <paramref name="callback"/> throws is dropped, for nobody is there who could be told.</summary>
    public static ITimer CreateGuardedTimer<T>(this TimeProvider time, T state, Action<T> callback, TimeSpan dueTime, TimeSpan period)
        where T : class => time.CreateTimer(static state => ((Call<T>)state!).Run(), new Call<T>(state, callback), dueTime, period);

    private sealed class Call<T>(T state, Action<T> callback)
    {
        public void Run()
        {
            try
            {
                callback(state);
            }
            catch (Exception)
            {
                // What it was to end ends by what else ends it.
            }
        }
    }
}
