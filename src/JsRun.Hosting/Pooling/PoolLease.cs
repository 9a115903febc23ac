namespace JsRun.Pooling;

/// <summary>A lease: a place on an isolate. It goes back once, however often that is said.</summary>
/// <param name="pool">The pool.</param>
/// <param name="leases">The leases of the pool that are out.</param>
/// <param name="slot">Where it is.</param>
/// <param name="taken">When it was given, by the pool's clock.</param>
/// <typeparam name="TIsolate">The type of the isolate.</typeparam>
internal sealed class PoolLease<TIsolate>(IsolatePool<TIsolate> pool, PoolLeases<TIsolate> leases, PoolSlot<TIsolate> slot, long taken)
    where TIsolate : class, IPooledIsolate
{
    private int _released;

    public TIsolate Isolate => slot.Isolate;

    /// <summary>The time at which it was given, by the pool's clock.</summary>
    public long Taken { get; } = taken;

    /// <summary>The holder, if that is a request.</summary>
    public ILeaseHolder? Holder { get; set; }

    /// <summary>
    /// Whether it is held by somebody who comes and goes, and whom the end of the pool waits for only while he does something. Guarded by the pool's lock, like <see cref="Running"/>.
    /// </summary>
    public bool Rests { get; set; }

    /// <summary>What runs for such a holder.</summary>
    public int Running { get; set; }

    /// <summary>Its holder will say when he begins something, and when that has ended.</summary>
    public void Rest() => leases.Rest(this);

    /// <summary>Something begins to run for its holder.</summary>
    public void Begin() => leases.Begin(this);

    /// <summary>That has ended.</summary>
    public void End() => leases.End(this);

    public void Release()
    {
        if (Interlocked.Exchange(ref _released, 1) == 0)
        {
            pool.Release(slot, this);
        }
    }

    /// <summary>Gives it back because there is no room on its isolate, which gets no more until another lease on it has come back.</summary>
    public void Refuse()
    {
        if (Interlocked.Exchange(ref _released, 1) == 0)
        {
            pool.Release(slot, this, isFull: true);
        }
    }

    /// <summary>Whether its holder may answer with a stream, which keeps the lease for as long as its client likes.</summary>
    public bool MayStream() => pool.MayStream();
}
