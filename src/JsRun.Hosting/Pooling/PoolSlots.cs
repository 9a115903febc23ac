using System.Diagnostics;

namespace JsRun.Pooling;

/// <summary>The isolates of a pool, and the lock that guards all of the pool's state. Methods whose names end in <c>_NeedsLock</c> are called by a holder of the lock.</summary>
/// <typeparam name="TIsolate">The type of the isolates.</typeparam>
internal sealed class PoolSlots<TIsolate>
    where TIsolate : class, IPooledIsolate
{
    private readonly List<PoolSlot<TIsolate>> _slots = [];

    // Isolates that are being stopped.
    private readonly List<Task> _ending = [];

    public Lock Lock { get; } = new();

    /// <summary>All isolates that are there, retired ones too.</summary>
    public IReadOnlyList<PoolSlot<TIsolate>> All_NeedsLock()
    {
        AssertLock();
        return _slots;
    }

    public int Count_NeedsLock()
    {
        AssertLock();
        return _slots.Count;
    }

    /// <summary>How many isolates take leases.</summary>
    public int CountServing_NeedsLock()
    {
        AssertLock();
        return _slots.Count(static s => s.TakesLeases);
    }

    /// <summary>How many isolates only finish what they have.</summary>
    public int CountDraining_NeedsLock()
    {
        AssertLock();
        return _slots.Count(static s => s.State == SlotState.Draining);
    }

    /// <summary>The isolates that take leases.</summary>
    public IEnumerable<PoolSlot<TIsolate>> Serving_NeedsLock()
    {
        AssertLock();
        return _slots.Where(static s => s.TakesLeases);
    }

    /// <summary>The isolate that has only finished what it had for longest.</summary>
    public PoolSlot<TIsolate>? FirstDraining_NeedsLock()
    {
        AssertLock();
        return _slots.Find(static s => s.State == SlotState.Draining);
    }

    public void Add_NeedsLock(TIsolate isolate, long now, bool outdated)
    {
        AssertLock();
        _slots.Add(new PoolSlot<TIsolate>(isolate, Lock) { IdleSince = now, Outdated = outdated });
    }

    /// <summary>An isolate cannot go on.</summary>
    /// <returns>Whether it was there.</returns>
    public bool Lose_NeedsLock(TIsolate isolate)
    {
        AssertLock();
        if (_slots.Find(s => ReferenceEquals(s.Isolate, isolate)) is not { } slot)
        {
            return false;
        }

        slot.Lose_NeedsLock();
        slot.Patience?.Dispose();
        _slots.Remove(slot);
        return true;
    }

    /// <summary>The least busy isolate that has room for a lease and is not in a long turn.</summary>
    /// <param name="leasesPerIsolate">How many leases one isolate has at most.</param>
    public PoolSlot<TIsolate>? FindLeastBusy_NeedsLock(int leasesPerIsolate)
    {
        AssertLock();
        PoolSlot<TIsolate>? best = null;
        var bestLoad = int.MaxValue;
        foreach (var slot in _slots)
        {
            if (!slot.TakesLeases || slot.Full || slot.Leases >= leasesPerIsolate)
            {
                continue;
            }

            var load = slot.Leases + slot.Isolate.Backlog;
            if (load < bestLoad && !slot.Isolate.IsBusy)
            {
                best = slot;
                bestLoad = load;
            }
        }

        return best;
    }

    /// <summary>Retires isolates that nobody has used for long.</summary>
    /// <param name="keep">How many are kept.</param>
    /// <param name="isIdle">Whether nobody has used it for long.</param>
    /// <returns>Those that are to be stopped.</returns>
    public List<PoolSlot<TIsolate>> Trim_NeedsLock(int keep, Predicate<PoolSlot<TIsolate>> isIdle)
    {
        AssertLock();
        List<PoolSlot<TIsolate>> surplus = [];
        var count = CountServing_NeedsLock();
        foreach (var slot in _slots)
        {
            if (count > keep && slot is { Leases: 0, TakesLeases: true } && isIdle(slot) && slot.Drain_NeedsLock() && slot.TryEnd_NeedsLock())
            {
                surplus.Add(slot);
                count--;
            }
        }

        return surplus;
    }

    /// <summary>Stops an isolate for which <see cref="PoolSlot{TIsolate}.TryEnd_NeedsLock"/> has said so. Not under the lock, for which a holder of an isolate's lock may be waiting.</summary>
    public void End(PoolSlot<TIsolate> slot)
    {
        slot.Patience?.Dispose();
        var ended = slot.Isolate.StopAsync(interrupt: false);
        lock (Lock)
        {
            // Not before: else the end of the pool would neither find it here nor wait for it.
            _slots.Remove(slot);
            _ending.RemoveAll(static t => t.IsCompleted);
            _ending.Add(ended);
        }
    }

    /// <summary>The pool ends, and has no isolates any more.</summary>
    /// <returns>The isolates that it had, and the ends of those that are being stopped.</returns>
    public (TIsolate[] Isolates, Task[] Ending) Clear_NeedsLock()
    {
        AssertLock();
        TIsolate[] isolates = [.. _slots.Select(static s => s.Isolate)];
        _slots.Clear();
        return (isolates, [.. _ending]);
    }

    private void AssertLock() => Debug.Assert(Lock.IsHeldByCurrentThread, "The pool's lock guards the slots.");
}
