using System.Diagnostics;

namespace JsRun.Pooling;

/// <summary>
/// The leases of a pool that are out. Those of holders who come and go rest while these do nothing: the end of the pool does not wait for them. Methods whose names end in
/// <c>_NeedsLock</c> are called by a holder of the pool's lock.
/// </summary>
/// <param name="sync">The pool's lock.</param>
/// <typeparam name="TIsolate">The type of the isolates.</typeparam>
internal sealed class PoolLeases<TIsolate>(Lock sync)
    where TIsolate : class, IPooledIsolate
{
    private TaskCompletionSource? _drained;
    private int _resting;

    /// <summary>The number of leases.</summary>
    public int Count { get; private set; }

    public void Add_NeedsLock()
    {
        Debug.Assert(sync.IsHeldByCurrentThread, "The pool's lock guards the leases.");
        Count++;
    }

    /// <summary>Nobody got it: it never was one.</summary>
    public void TakeBack_NeedsLock()
    {
        Debug.Assert(sync.IsHeldByCurrentThread, "The pool's lock guards the leases.");
        Count--;
    }

    public void Remove_NeedsLock(PoolLease<TIsolate> lease)
    {
        Debug.Assert(sync.IsHeldByCurrentThread, "The pool's lock guards the leases.");
        Count--;
        _resting -= lease is { Rests: true, Running: 0 } ? 1 : 0;
        lease.Rests = false;
        TellIfDrained_NeedsLock();
    }

    /// <summary>Ends when none is out but such as rest.</summary>
    public Task DrainedAsync_NeedsLock()
    {
        Debug.Assert(sync.IsHeldByCurrentThread, "The pool's lock guards the leases.");
        _drained ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        TellIfDrained_NeedsLock();
        return _drained.Task;
    }

    /// <inheritdoc cref="PoolLease{TIsolate}.Rest"/>
    public void Rest(PoolLease<TIsolate> lease)
    {
        lock (sync)
        {
            lease.Rests = true;
            _resting++;
            TellIfDrained_NeedsLock();
        }
    }

    /// <inheritdoc cref="PoolLease{TIsolate}.Begin"/>
    public void Begin(PoolLease<TIsolate> lease)
    {
        lock (sync)
        {
            if (lease.Rests && lease.Running++ == 0)
            {
                _resting--;
            }
        }
    }

    /// <inheritdoc cref="PoolLease{TIsolate}.End"/>
    public void End(PoolLease<TIsolate> lease)
    {
        lock (sync)
        {
            if (lease.Rests && --lease.Running == 0)
            {
                _resting++;
                TellIfDrained_NeedsLock();
            }
        }
    }

    private void TellIfDrained_NeedsLock()
    {
        Debug.Assert(sync.IsHeldByCurrentThread, "The pool's lock guards the leases.");
        if (Count == _resting)
        {
            _drained?.TrySetResult();
        }
    }
}
