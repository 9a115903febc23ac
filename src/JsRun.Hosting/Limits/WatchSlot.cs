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
    // So long a function of the host's seldom takes that does not wait for something.
    private static readonly TimeSpan LongHostCall = TimeSpan.FromSeconds(1);
    // Of the thread's own CPU time: on a busy machine a second of the clock is little of it.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);
    // For a thread that uses none and does not come back either.
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(20);
    // On a busy machine a second holds few ticks, and some of V8's paths need one interrupt after the other.
    private const int LeastInterrupts = 100;

    private readonly Lock _lock = new();
    // The outermost first.
    private readonly List<WatchedEntry> _entries = [];
    private long _enteredAt;
    private long _number;
    private InterruptReason _endReason;
    private bool _active;
    private bool _evicted;
    private bool _quarantined;
    private int _holds;
    private ThreadClock _clock;

    /// <summary>Gets whether JavaScript runs now.</summary>
    public bool IsActive => Volatile.Read(ref _active);

    /// <summary>Returns whether the running entry began longer ago than that. Takes no lock: the pool asks under its own, which a quarantine takes under this one.</summary>
    public bool IsBusyFor(TimeSpan duration) => IsActive && Watchdog.Now.Ticks - Volatile.Read(ref _enteredAt) > duration.Ticks;

    /// <summary>Returns whether the running entry, or the last one, began longer ago than that.</summary>
    public bool WasBusyFor(TimeSpan duration) => Watchdog.Now.Ticks - Volatile.Read(ref _enteredAt) > duration.Ticks;

    /// <summary>Called once by the isolate's thread.</summary>
    public void Attach() => _clock = ThreadClock.Current;

    /// <summary>The isolate's thread is about to enter JavaScript on behalf of <paramref name="account"/>.</summary>
    /// <param name="account">Whose limits hold.</param>
    /// <param name="isSampled">Whether code of several accounts may run in it and samples can tell whose code runs: then each account has its own limits.</param>
    public void Begin(CpuAccount? account, bool isSampled = false)
    {
        var cpu = ThreadClock.ReadOwn();
        lock (_lock)
        {
            var now = Watchdog.Now;
            if (_entries.Count == 0)
            {
                Volatile.Write(ref _enteredAt, now.Ticks);
                _evicted = false;
            }

            _entries.Add(new WatchedEntry { Account = account, Running = account, IsSampled = isSampled, Number = ++_number, BeganAt = now, CpuAtSample = cpu, Reason = isSampled ? _endReason : Earliest(account), AskedAt = now });
            Volatile.Write(ref _active, true);
        }

        watchdog.Notice();
    }

    /// <summary>JavaScript is back.</summary>
    /// <returns>Why it was interrupted, if it was.</returns>
    public InterruptReason End() => End(out _);

    /// <inheritdoc cref="End()"/>
    /// <param name="offender">Whose code was interrupted.</param>
    public InterruptReason End(out CpuAccount? offender)
    {
        var cpu = ThreadClock.ReadOwn();
        lock (_lock)
        {
            var ended = _entries[^1];
            _entries.RemoveAt(_entries.Count - 1);
            offender = ended.Running;
            ended.Charge(offender, cpu);
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
                    offender = outer.Running;
                    return outer.Reason;
                }
            }

            return InterruptReason.None;
        }
    }

    /// <summary>
    /// Has what runs interrupted at the watchdog's next tick, if it still runs then: an entry that comes back within milliseconds costs nobody its isolate. Only if it runs on
    /// behalf of <paramref name="account"/>, be it beneath a nested entry; if the entry is sampled, as soon as a sample finds code of <paramref name="account"/>.
    /// </summary>
    /// <returns>Whether it does.</returns>
    public bool Interrupt(CpuAccount account, InterruptReason reason)
    {
        lock (_lock)
        {
            var found = false;
            foreach (ref var entry in CollectionsMarshal.AsSpan(_entries))
            {
                var mine = ReferenceEquals(entry.Account, account) || ReferenceEquals(entry.Running, account);
                found |= mine;
                if (entry.IsSampled && _entries.Count == 1)
                {
                    account.Asked = account.Asked == InterruptReason.None ? reason : account.Asked;
                }
                else if (mine)
                {
                    entry.Ask(reason);
                }
            }

            return found;
        }
    }

    /// <summary>The same; later entries for the account are interrupted too if they do not return within milliseconds, until <see cref="ClearInterrupt"/>.</summary>
    public void InterruptAlways(CpuAccount account, InterruptReason reason)
    {
        lock (_lock)
        {
            account.Asked = account.Asked == InterruptReason.None ? reason : account.Asked;
        }

        Interrupt(account, reason);
    }

    /// <summary>Withdraws <see cref="InterruptAlways"/>: code of the account may run again.</summary>
    public void ClearInterrupt(CpuAccount account)
    {
        lock (_lock)
        {
            account.Asked = InterruptReason.None;
        }
    }

    /// <summary>The isolate's thread answers <see cref="IInterruptible.RequestSample"/> from within the script. An answer that comes in a later entry is ignored.</summary>
    /// <param name="number">The number of the entry that was to be sampled.</param>
    /// <param name="running">Whose code runs.</param>
    /// <param name="isKnown">Whether that is somebody who can be told; else the entry's own account answers for it.</param>
    /// <returns>Whether that code is to be ended now.</returns>
    public bool Sample(long number, CpuAccount running, bool isKnown)
    {
        var cpu = ThreadClock.ReadOwn();
        lock (_lock)
        {
            return _entries.Count == 1 && _entries[0].Number == number && CollectionsMarshal.AsSpan(_entries)[0].Sample(running, isKnown, cpu);
        }
    }

    /// <summary>JavaScript calls code of the host's, on the isolate's thread.</summary>
    /// <param name="account">On whose behalf, if that is known.</param>
    public void LeaveToHost(CpuAccount? account)
    {
        lock (_lock)
        {
            if (_entries.Count > 0)
            {
                CollectionsMarshal.AsSpan(_entries)[^1].LeaveToHost(account);
            }
        }
    }

    /// <summary>The host returns to JavaScript.</summary>
    public void ReturnFromHost()
    {
        lock (_lock)
        {
            if (_entries.Count > 0)
            {
                CollectionsMarshal.AsSpan(_entries)[^1].ReturnFromHost();
            }
        }
    }

    /// <summary>Returns whether the interrupt that ended the last entry was meant for an outer one.</summary>
    public bool IsOuterInterrupted()
    {
        lock (_lock)
        {
            return _entries.Exists(static e => e.Fired > 0);
        }
    }

    /// <summary>A debugger has paused what runs: its limits stand still until <see cref="LetGo"/>. On the isolate's thread; holds may nest.</summary>
    public void Hold()
    {
        lock (_lock)
        {
            _holds++;
        }
    }

    /// <summary>The script goes on.</summary>
    public void LetGo()
    {
        lock (_lock)
        {
            _holds--;
            foreach (ref var entry in CollectionsMarshal.AsSpan(_entries))
            {
                // What V8 has done for the debugger is not the script's CPU time, nor is the pause part of its turn.
                entry.BeganAt = Watchdog.Now;
                entry.CpuAtSample = ThreadClock.ReadOwn();
            }
        }
    }

    /// <summary>Has whatever runs interrupted, and whatever is still to be entered: the isolate is ending.</summary>
    public void InterruptAll(InterruptReason reason)
    {
        lock (_lock)
        {
            _endReason = reason;
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

            if (_holds > 0)
            {
                return true;
            }

            if (_entries[^1].HostDepth > 0)
            {
                AwaitHost();
                return true;
            }

            if (_entries is [{ IsSampled: true, Reason: InterruptReason.None }])
            {
                target.RequestSample(_entries[0].Number);
                CollectionsMarshal.AsSpan(_entries)[0].AwaitSample(_clock);
                return true;
            }

            var fired = false;
            foreach (ref var entry in CollectionsMarshal.AsSpan(_entries))
            {
                if (entry.Reason == InterruptReason.None)
                {
                    entry.Check(_clock);
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

    /// <summary>Warns of code of the host's that keeps the thread while others wait for it.</summary>
    public void WarnIfBlocked()
    {
        TimeSpan time;
        lock (_lock)
        {
            if (!_active || _entries[^1] is not { HostDepth: > 0, Warned: false } entry || (time = Watchdog.Now - entry.HostSince) < LongHostCall)
            {
                return;
            }
        }

        if (target.WarnBlocked(time))
        {
            lock (_lock)
            {
                if (_entries.Count > 0)
                {
                    CollectionsMarshal.AsSpan(_entries)[^1].Warned = true;
                }
            }
        }
    }

    /// <summary>Evicts the messages that wait behind a long turn, once a turn.</summary>
    public void EvictIfLong()
    {
        lock (_lock)
        {
            if (!_active || _evicted || _holds > 0 || !IsBusyFor(LongTurn))
            {
                return;
            }

            _evicted = true;
        }

        // An evicted message asks the pool for another isolate, and the pool has a lock of its own.
        target.Evict();
    }

    // What nothing can interrupt is not interrupted: once the host returns, the script is.
    private void AwaitHost()
    {
        var tooLong = false;
        foreach (ref var entry in CollectionsMarshal.AsSpan(_entries))
        {
            tooLong |= entry.AwaitHost(_clock, target);
        }

        if (tooLong && !_quarantined)
        {
            _quarantined = true;
            target.Quarantine();
        }
    }

    private InterruptReason Earliest(CpuAccount? account) => _endReason != InterruptReason.None ? _endReason : account?.Asked ?? InterruptReason.None;

    private void Fire(ref WatchedEntry entry)
    {
        var since = entry.AskedAt > entry.BackAt ? entry.AskedAt : entry.BackAt;
        var cpu = _clock.Read();
        if (entry.PatientSince != since)
        {
            entry.PatientSince = since;
            entry.CpuWhenPatient = cpu;
        }

        if (!_quarantined && entry.Fired >= LeastInterrupts && (cpu - entry.CpuWhenPatient > Patience || Watchdog.Now - since > LongestWait))
        {
            _quarantined = true;
            target.Quarantine();
        }

        entry.Fired++;
        target.Interrupt();
    }
}
