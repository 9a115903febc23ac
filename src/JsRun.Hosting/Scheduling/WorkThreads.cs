namespace JsRun.Scheduling;

/// <summary>
/// Threads for what the host does for scripts and cannot be awaited: look-ups of names, long cryptography, reading files. They are never those of the thread pool, which the rest of the
/// application needs. A thread that had nothing to do for a while ends. Thread-safe.
/// </summary>
internal static class WorkThreads
{
    /// <summary>The most threads of a process; what comes beyond waits.</summary>
    private const int Most = 256;

    private static readonly TimeSpan IdleTime = TimeSpan.FromSeconds(10);
    private static readonly object Gate = new();
    private static readonly Queue<Action> Waiting = new();
    private static int _threads;
    private static int _idle;

    /// <summary>Runs it on a thread that is free, or on a new one. It must not throw.</summary>
    public static void Post(Action work)
    {
        lock (Gate)
        {
            Waiting.Enqueue(work);
            if (Waiting.Count <= _idle)
            {
                Monitor.Pulse(Gate);
                return;
            }

            if (_threads == Most)
            {
                return;
            }

            _threads++;
        }

        // Without the execution context of the first caller that needs a thread.
        new Thread(Run) { IsBackground = true, Name = "JsRun work" }.UnsafeStart();
    }

    private static void Run()
    {
        while (Take() is { } work)
        {
            work();
        }
    }

    private static Action? Take()
    {
        lock (Gate)
        {
            Action? work;
            while (!Waiting.TryDequeue(out work))
            {
                _idle++;
                var pulsed = Monitor.Wait(Gate, IdleTime);
                _idle--;
                if (!pulsed && Waiting.Count == 0)
                {
                    _threads--;
                    return null;
                }
            }

            return work;
        }
    }
}
