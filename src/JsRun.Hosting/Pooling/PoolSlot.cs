namespace JsRun.Pooling;

/// <summary>The pool's account of one isolate. Guarded by the pool's lock.</summary>
internal sealed class PoolSlot(IPooledIsolate isolate)
{
    public IPooledIsolate Isolate { get; } = isolate;

    /// <summary>The leases on it that are out.</summary>
    public HashSet<PoolLease> Out { get; } = [];

    public int Leases => Out.Count;

    /// <summary>Leases that made a context here.</summary>
    public int Uses { get; set; }

    /// <summary>Takes no more leases; ends with its last.</summary>
    public bool Retired { get; set; }

    /// <summary>Its replacement is being made.</summary>
    public bool Recycling { get; set; }

    /// <summary>Gets or sets whether a newer image exists, so that this isolate is to be replaced.</summary>
    public bool Outdated { get; set; }

    /// <summary>There is no room for another context in its heap.</summary>
    public bool Full { get; set; }

    /// <summary>Its isolate is gone: leases on it only count down.</summary>
    public bool Gone { get; set; }

    /// <summary>When the last lease came back, by the pool's clock.</summary>
    public long IdleSince { get; set; }

    /// <summary>Has those that depend on their clients end when it has been retired for long.</summary>
    public ITimer? Patience { get; set; }
}
