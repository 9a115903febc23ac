namespace JsRun.Pooling;

/// <summary>A lease: a place on an isolate. It goes back once, however often that is said.</summary>
internal sealed class PoolLease(IsolatePool pool, PoolLeases leases, PoolSlot slot)
{
    private int _released;

    public IPooledIsolate Isolate => slot.Isolate;

    /// <summary>Whether it is held by somebody who comes and goes, and whom the end of the pool waits for only while he does something. Guarded by the pool's lock, like <see cref="Running"/>.</summary>
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
}
