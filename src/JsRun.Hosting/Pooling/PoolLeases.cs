namespace JsRun.Pooling;

/// <summary>The leases of a pool that are out. Those of holders who come and go rest while these do nothing: the end of the pool does not wait for them. Guarded by the pool's lock, but for what takes it itself.</summary>
internal sealed class PoolLeases(Lock sync)
{
    private TaskCompletionSource? _drained;
    private int _resting;

    /// <summary>How many there are.</summary>
    public int Count { get; private set; }

    public void Add() => Count++;

    /// <summary>Nobody got it: it never was one.</summary>
    public void TakeBack() => Count--;

    public void Remove(PoolLease lease)
    {
        Count--;
        _resting -= lease is { Rests: true, Running: 0 } ? 1 : 0;
        lease.Rests = false;
        TellIfDrained();
    }

    /// <summary>Ends when none is out but such as rest.</summary>
    public Task DrainedAsync()
    {
        _drained ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        TellIfDrained();
        return _drained.Task;
    }

    /// <inheritdoc cref="PoolLease.Rest"/>
    public void Rest(PoolLease lease)
    {
        lock (sync)
        {
            lease.Rests = true;
            _resting++;
            TellIfDrained();
        }
    }

    /// <inheritdoc cref="PoolLease.Begin"/>
    public void Begin(PoolLease lease)
    {
        lock (sync)
        {
            if (lease.Rests && lease.Running++ == 0)
            {
                _resting--;
            }
        }
    }

    /// <inheritdoc cref="PoolLease.End"/>
    public void End(PoolLease lease)
    {
        lock (sync)
        {
            if (lease.Rests && --lease.Running == 0)
            {
                _resting++;
                TellIfDrained();
            }
        }
    }

    private void TellIfDrained()
    {
        if (Count == _resting)
        {
            _drained?.TrySetResult();
        }
    }
}
