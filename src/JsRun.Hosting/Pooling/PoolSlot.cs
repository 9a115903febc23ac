using System.Diagnostics;

namespace JsRun.Pooling;

/// <summary>The pool's account of one isolate. Guarded by the pool's lock.</summary>
/// <param name="isolate">The isolate.</param>
/// <param name="sync">The pool's lock.</param>
/// <typeparam name="TIsolate">The type of the isolate.</typeparam>
internal sealed class PoolSlot<TIsolate>(TIsolate isolate, Lock sync)
    where TIsolate : class, IPooledIsolate
{
    public TIsolate Isolate { get; } = isolate;

    public SlotState State { get; private set; }

    /// <summary>Whether it takes leases, as far as there is room.</summary>
    public bool TakesLeases => State is SlotState.Serving or SlotState.Replacing;

    /// <summary>The leases on it that are out.</summary>
    public HashSet<PoolLease<TIsolate>> Out { get; } = [];

    public int Leases => Out.Count;

    /// <summary>Leases that made a context here.</summary>
    public int Uses { get; set; }

    /// <summary>Gets or sets whether a newer image exists, so that this isolate is to be replaced.</summary>
    public bool Outdated { get; set; }

    /// <summary>There is no room for another context in its heap.</summary>
    public bool Full { get; set; }

    /// <summary>When the last lease came back, by the pool's clock.</summary>
    public long IdleSince { get; set; }

    /// <summary>Has those that depend on their clients end when it has been retired for long.</summary>
    public ITimer? Patience { get; set; }

    /// <summary>Its replacement is being made.</summary>
    /// <returns>Whether that was not so before.</returns>
    public bool BeginReplacement_NeedsLock() => Move_NeedsLock(SlotState.Serving, SlotState.Replacing);

    /// <summary>Its replacement could not be made: it goes on, unless it has been retired or lost meanwhile.</summary>
    public void KeepServing_NeedsLock() => Move_NeedsLock(SlotState.Replacing, SlotState.Serving);

    /// <summary>It takes no more leases.</summary>
    /// <returns>Whether it took them before.</returns>
    public bool Drain_NeedsLock() => Move_NeedsLock(SlotState.Serving, SlotState.Draining) || Move_NeedsLock(SlotState.Replacing, SlotState.Draining);

    /// <summary>It is to be stopped if it takes no more leases and its last has come back.</summary>
    /// <returns>Whether the caller is to stop it: one caller is told so.</returns>
    public bool TryEnd_NeedsLock() => Leases == 0 && Move_NeedsLock(SlotState.Draining, SlotState.Gone);

    /// <summary>Its isolate cannot go on.</summary>
    public void Lose_NeedsLock()
    {
        Debug.Assert(sync.IsHeldByCurrentThread, "The pool's lock guards the slots.");
        State = SlotState.Gone;
    }

    private bool Move_NeedsLock(SlotState from, SlotState to)
    {
        Debug.Assert(sync.IsHeldByCurrentThread, "The pool's lock guards the slots.");
        if (State != from)
        {
            return false;
        }

        State = to;
        return true;
    }
}
