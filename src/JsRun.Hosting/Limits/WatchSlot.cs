namespace JsRun.Limits;

/// <summary>
/// The place where an isolate's thread says what it runs, and others ask for its interruption. Both take the same lock, so that a late interrupt can
/// never hit the next entry.
/// </summary>
internal sealed class WatchSlot(IInterruptible target, Watchdog watchdog)
{
    // Longer than what the pool calls busy, so that nothing comes back here at once.
    private static readonly TimeSpan LongTurn = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);
    // On a busy machine a second holds few ticks, and some of V8's paths need one interrupt after the other.
    private const int LeastInterrupts = 100;

    private readonly Lock _lock = new();
    private CpuAccount? _account;
    private TimeSpan _cpuAtEntry;
    private long _enteredAt;
    private TimeSpan _askedAt;
    private InterruptReason _reason;
    private InterruptReason _doom;
    private bool _active;
    private int _fired;
    private bool _shed;
    private bool _quarantined;
    private ThreadClock _clock;

    /// <summary>Whether JavaScript runs now.</summary>
    public bool IsActive => Volatile.Read(ref _active);

    /// <summary>Whether the running entry began longer ago than that. Takes no lock: the pool asks under its own, which a quarantine takes under this one.</summary>
    public bool IsBusyFor(TimeSpan duration) => IsActive && Watchdog.Now.Ticks - Volatile.Read(ref _enteredAt) > duration.Ticks;

    /// <summary>Called once by the isolate's thread.</summary>
    public void Attach() => _clock = ThreadClock.Current;

    /// <summary>The isolate's thread is about to enter JavaScript on behalf of <paramref name="account"/>.</summary>
    public void Begin(CpuAccount? account)
    {
        var cpu = ThreadClock.ReadOwn();
        lock (_lock)
        {
            _account = account;
            _cpuAtEntry = cpu;
            var now = Watchdog.Now;
            Volatile.Write(ref _enteredAt, now.Ticks);
            _reason = _doom;
            _askedAt = now;
            _fired = 0;
            _shed = false;
            Volatile.Write(ref _active, true);
        }

        watchdog.Notice();
    }

    /// <summary>JavaScript is back.</summary>
    /// <returns>Why it was interrupted, if it was.</returns>
    public InterruptReason End()
    {
        var cpu = ThreadClock.ReadOwn();
        lock (_lock)
        {
            Volatile.Write(ref _active, false);
            var account = _account;
            _account = null;
            if (account is not null)
            {
                account.CpuTime += cpu - _cpuAtEntry;
            }

            return _fired > 0 ? _reason : InterruptReason.None;
        }
    }

    /// <summary>
    /// Has what runs interrupted at the watchdog's next tick, if it still runs then: an entry that comes back within milliseconds costs nobody its isolate. Only if it runs on
    /// behalf of <paramref name="account"/>.
    /// </summary>
    public void Interrupt(CpuAccount account, InterruptReason reason)
    {
        lock (_lock)
        {
            if (_active && ReferenceEquals(_account, account))
            {
                Ask(reason);
            }
        }
    }

    /// <summary>Has whatever runs interrupted, and whatever is still to be entered: the isolate is ending.</summary>
    public void InterruptAll(InterruptReason reason)
    {
        lock (_lock)
        {
            _doom = reason;
            if (_active)
            {
                Ask(reason);
            }
        }
    }

    /// <summary>One tick of the watchdog.</summary>
    /// <returns>Whether JavaScript runs.</returns>
    public bool Tick()
    {
        lock (_lock)
        {
            if (!_active)
            {
                return false;
            }

            if (_reason == InterruptReason.None)
            {
                if (_account is { CpuLimit: var limit } account && limit != Timeout.InfiniteTimeSpan && account.CpuTime + _clock.Read() - _cpuAtEntry > limit)
                {
                    Ask(InterruptReason.CpuTime);
                }

                return true;
            }

            if (!_quarantined && _fired >= LeastInterrupts && Watchdog.Now - _askedAt > Patience)
            {
                _quarantined = true;
                target.Quarantine();
            }

            _fired++;
            target.Interrupt();
            return true;
        }
    }

    /// <summary>Has what waits behind a long turn go elsewhere, once a turn.</summary>
    public void ShedIfLong()
    {
        lock (_lock)
        {
            if (!_active || _shed || !IsBusyFor(LongTurn))
            {
                return;
            }

            _shed = true;
        }

        // What is dropped asks the pool for another isolate, and the pool has a lock of its own.
        target.Shed();
    }

    private void Ask(InterruptReason reason)
    {
        if (_reason == InterruptReason.None)
        {
            _reason = reason;
            _askedAt = Watchdog.Now;
        }
    }
}
