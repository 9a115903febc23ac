using System.Diagnostics;

namespace JsRun.Limits;

/// <summary>
/// One thread for all isolates of a process's JsRun, which ticks only while JavaScript runs somewhere. A thread and no timer: the thread pool may be starved by what is to be
/// stopped.
/// </summary>
/// <param name="failed">Told of what fails in an isolate's interruption. Must not throw.</param>
internal sealed class Watchdog(Action<Exception>? failed = null) : IDisposable
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(5);
    private const int IdleTicksBeforeParking = 20;

    private readonly Lock _lock = new();
    private readonly ManualResetEventSlim _wake = new(false);
    private WatchSlot[] _slots = [];
    private Thread? _thread;
    private volatile bool _parked = true;
    private volatile bool _stopping;

    /// <summary>The watchdog's own monotonic clock: hostile code must not be able to wait for a test's.</summary>
    public static TimeSpan Now => Stopwatch.GetElapsedTime(0);

    /// <summary>Gets whether it sleeps until JavaScript runs.</summary>
    public bool IsParked => _parked;

    public WatchSlot Add(IInterruptible target)
    {
        var slot = new WatchSlot(target, this);
        lock (_lock)
        {
            _slots = [.. _slots, slot];
            if (_thread is null)
            {
                _thread = new Thread(Run, 256 * 1024) { IsBackground = true, Name = "JsRun watchdog", Priority = ThreadPriority.AboveNormal };
                _thread.Start();
            }
        }

        return slot;
    }

    public void Remove(WatchSlot slot)
    {
        lock (_lock)
        {
            _slots = [.. _slots.Where(s => !ReferenceEquals(s, slot))];
        }
    }

    /// <summary>JavaScript begins to run.</summary>
    public void Notice()
    {
        if (_parked)
        {
            _wake.Set();
        }
    }

    public void Dispose()
    {
        _stopping = true;
        _wake.Set();
        _thread?.Join();
        _wake.Dispose();
    }

    private void Run()
    {
        var idle = 0;
        while (!_stopping)
        {
            if (idle >= IdleTicksBeforeParking)
            {
                Park();
                idle = 0;
            }

            Thread.Sleep(Interval);
            idle = Tick() ? 0 : idle + 1;
        }
    }

    private void Park()
    {
        _wake.Reset();
        _parked = true;
        // Entries that began before the flag was set are found here; those that begin later wake the watchdog.
        if (!Tick() && !_stopping)
        {
            _wake.Wait();
        }

        _parked = false;
    }

    private bool Tick()
    {
        var active = false;
        foreach (var slot in Volatile.Read(ref _slots))
        {
            try
            {
                active |= slot.Tick();
                slot.EvictIfLong();
                slot.WarnIfBlocked();
            }
            catch (Exception e)
            {
                // What leaves the thread ends the process, and the limits of all others would end with the watchdog.
                active = true;
                failed?.Invoke(e);
            }
        }

        return active;
    }
}
