using System.Runtime.InteropServices;

namespace JsRun.Limits;

/// <summary>
/// The place where an isolate's thread says what it runs, and others ask for its interruption. Both take the same lock, so that a late interrupt can
/// never hit the next entry. Entries may nest, where a host function that JavaScript called enters again: the limits of the outer ones hold meanwhile.
/// </summary>
internal sealed class WatchSlot(IInterruptible target, Watchdog watchdog)
{
    // Longer than what the pool calls busy, so that nothing comes back here at once.
    private static readonly TimeSpan LongTurn = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);
    // On a busy machine a second holds few ticks, and some of V8's paths need one interrupt after the other.
    private const int LeastInterrupts = 100;

    private readonly Lock _lock = new();
    // The outermost first.
    private readonly List<WatchedEntry> _entries = [];
    private long _enteredAt;
    private InterruptReason _doom;
    private bool _active;
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
            var now = Watchdog.Now;
            if (_entries.Count == 0)
            {
                Volatile.Write(ref _enteredAt, now.Ticks);
                _shed = false;
            }

            _entries.Add(new WatchedEntry { Account = account, CpuAtEntry = cpu, Reason = _doom, AskedAt = now });
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
            var ended = _entries[^1];
            _entries.RemoveAt(_entries.Count - 1);
            if (ended.Account is { } account)
            {
                account.CpuTime += cpu - ended.CpuAtEntry;
            }

            Volatile.Write(ref _active, _entries.Count > 0);
            if (ended.Fired > 0)
            {
                return ended.Reason;
            }

            // What interrupts an outer entry ends the nested ones with it.
            foreach (var outer in _entries)
            {
                if (outer.Fired > 0)
                {
                    return outer.Reason;
                }
            }

            return InterruptReason.None;
        }
    }

    /// <summary>
    /// Has what runs interrupted at the watchdog's next tick, if it still runs then: an entry that comes back within milliseconds costs nobody its isolate. Only if it runs on
    /// behalf of <paramref name="account"/>, be it beneath a nested entry.
    /// </summary>
    /// <returns>Whether it does.</returns>
    public bool Interrupt(CpuAccount account, InterruptReason reason)
    {
        lock (_lock)
        {
            var found = false;
            foreach (ref var entry in CollectionsMarshal.AsSpan(_entries))
            {
                if (ReferenceEquals(entry.Account, account))
                {
                    entry.Ask(reason);
                    found = true;
                }
            }

            return found;
        }
    }

    /// <summary>Whether the interrupt that ended the last entry was meant for an outer one.</summary>
    public bool IsOuterInterrupted()
    {
        lock (_lock)
        {
            return _entries.Exists(static e => e.Fired > 0);
        }
    }

    /// <summary>Has whatever runs interrupted, and whatever is still to be entered: the isolate is ending.</summary>
    public void InterruptAll(InterruptReason reason)
    {
        lock (_lock)
        {
            _doom = reason;
            foreach (ref var entry in CollectionsMarshal.AsSpan(_entries))
            {
                entry.Ask(reason);
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

            var fired = false;
            foreach (ref var entry in CollectionsMarshal.AsSpan(_entries))
            {
                if (entry.Reason == InterruptReason.None)
                {
                    entry.CheckCpu(_clock);
                }
                else if (!fired)
                {
                    Fire(ref entry);
                    fired = true;
                }
            }

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

    private void Fire(ref WatchedEntry entry)
    {
        if (!_quarantined && entry.Fired >= LeastInterrupts && Watchdog.Now - entry.AskedAt > Patience)
        {
            _quarantined = true;
            target.Quarantine();
        }

        entry.Fired++;
        target.Interrupt();
    }
}
