using System.Diagnostics;
using JsRun.Scheduling;
using Microsoft.Extensions.Logging;

namespace JsRun.Pooling;

/// <summary>
/// The isolates of one group and the one bounded queue before them. A lease goes to the least busy isolate that is not in a long turn; what finds none waits, and the pool grows
/// meanwhile. Thread-safe.
/// </summary>
/// <typeparam name="TIsolate">The type of the isolates.</typeparam>
internal sealed class IsolatePool<TIsolate> : IAsyncDisposable
    where TIsolate : class, IPooledIsolate
{
    private readonly PoolSlots<TIsolate> _slots = new();
    private readonly Lock _lock;
    private readonly PoolAdmission _admission;
    private readonly PoolGrowth<TIsolate> _growth;
    private readonly PoolQueue<TIsolate> _queue;
    private readonly PoolClients<TIsolate> _clients;
    private readonly PoolLeases<TIsolate> _leases;
    private readonly JsRunPoolOptions _options;
    private readonly TimeProvider _time;
    private readonly ITimer _trimmer;

    public IsolatePool(string name, IIsolateFactory<TIsolate> factory, JsRunPoolOptions options, TimeProvider time, ILogger logger)
    {
        Name = name;
        _lock = _slots.Lock;
        _options = options;
        _time = time;
        var label = name.Length == 0 ? "the default group" : $"the group '{name}'";
        _admission = new PoolAdmission(label, _lock, options);
        _leases = new PoolLeases<TIsolate>(_lock);
        _queue = new PoolQueue<TIsolate>(label, _lock, options, time);
        _clients = new PoolClients<TIsolate>(name, _queue, _slots, options, time, logger);
        _growth = new PoolGrowth<TIsolate>(this, _queue, _clients, factory, _slots, options, time, logger);
        _trimmer = time.CreateGuardedTimer(this, static pool => pool.Trim(), options.IdleTimeout, options.IdleTimeout);
    }

    public string Name { get; }

    public JsPoolStatus Status
    {
        get
        {
            lock (_lock)
            {
                return new JsPoolStatus
                {
                    Isolates = _slots.CountServing_NeedsLock(),
                    Retiring = _slots.CountDraining_NeedsLock(),
                    Quarantined = _admission.Quarantined,
                    Leases = _leases.Count,
                    Queued = _queue.Count,
                    MaxIsolates = _options.MaxIsolates,
                    QueueLimit = _options.QueueLimit,
                    Starting = _growth.Starting,
                    LongestWait = _queue.LongestWait_NeedsLock(),
                    Streams = _clients.Count_NeedsLock(),
                };
            }
        }
    }

    /// <summary>Isolates that are there, retired ones too.</summary>
    public TIsolate[] Isolates
    {
        get
        {
            lock (_lock)
            {
                return [.. _slots.All_NeedsLock().Select(static s => s.Isolate)];
            }
        }
    }

    /// <summary>Makes the minimum of isolates.</summary>
    public Task WarmAsync()
    {
        List<Task> tasks = [];
        lock (_lock)
        {
            // Counted once: a pool that has stopped makes none, however often it is asked to.
            for (var missing = _options.MinIsolates - _growth.Count_NeedsLock(); missing > 0; missing--)
            {
                tasks.Add(_growth.Grow_NeedsLock());
            }
        }

        return Task.WhenAll(tasks);
    }

    /// <param name="cancellationToken">Ends the wait.</param>
    /// <param name="countsUse">Whether the lease makes a context, and so counts towards <see cref="JsRunPoolOptions.RecycleAfter"/>.</param>
    /// <exception cref="JsPoolExhaustedException">The queue is full, or the wait was too long.</exception>
    /// <exception cref="JsTerminatedException">The pool is stopping.</exception>
    public ValueTask<PoolLease<TIsolate>> AcquireAsync(CancellationToken cancellationToken, bool countsUse = true)
    {
        LinkedListNode<PoolWaiter<TIsolate>> node;
        lock (_lock)
        {
            if (TryTake_NeedsLock(countsUse) is { } lease)
            {
                return new ValueTask<PoolLease<TIsolate>>(lease);
            }

            if (_queue.Count >= _options.QueueLimit)
            {
                _growth.GrowIfAllowed_NeedsLock();
                throw _queue.Full();
            }

            node = _queue.Add_NeedsLock(countsUse);
            _clients.Notice_NeedsLock();
            _growth.GrowIfAllowed_NeedsLock();
        }

        return _queue.WaitAsync(node, cancellationToken);
    }

    /// <summary>A lease that is free at once, or <see langword="null"/>. It counts towards <see cref="JsRunPoolOptions.RecycleAfter"/>.</summary>
    /// <exception cref="JsTerminatedException">The pool is stopping.</exception>
    public PoolLease<TIsolate>? TryAcquire()
    {
        lock (_lock)
        {
            var lease = TryTake_NeedsLock(countsUse: true);
            if (lease is null)
            {
                _growth.GrowIfAllowed_NeedsLock();
            }

            return lease;
        }
    }

    /// <summary>A lease comes back.</summary>
    /// <param name="slot">Where it was.</param>
    /// <param name="lease">The lease.</param>
    /// <param name="isFull">Whether that is because the isolate has no room for what it was for.</param>
    public void Release(PoolSlot<TIsolate> slot, PoolLease<TIsolate> lease, bool isFull = false)
    {
        bool end;
        // A clock of the application's that fails must not keep the lease.
        var now = TryGetTimestamp() ?? slot.IdleSince;
        lock (_lock)
        {
            slot.Out.Remove(lease);
            _leases.Remove_NeedsLock(lease);
            slot.IdleSince = now;
            // Only another lease that comes back makes room.
            slot.Full = isFull && slot.Leases > 0;
            _growth.ReplaceIfNeeded_NeedsLock(slot);
            if (slot.Full)
            {
                _growth.GrowIfAllowed_NeedsLock();
            }

            end = slot.TryEnd_NeedsLock();
        }

        if (end)
        {
            _slots.End(slot);
        }

        Dispatch();
    }

    /// <summary>Whether one more response may be a stream, which keeps its lease for as long as its client likes.</summary>
    public bool MayStream()
    {
        lock (_lock)
        {
            return _clients.MayStream_NeedsLock();
        }
    }

    /// <summary>An isolate's turn ended: whoever waits may have its place. Cheap when nobody waits.</summary>
    public void TurnEnded()
    {
        if (_queue.Count > 0)
        {
            Dispatch();
        }
    }

    /// <summary>An isolate cannot go on. Its leases come back one by one.</summary>
    public void Lose(TIsolate isolate, bool quarantined)
    {
        lock (_lock)
        {
            if (quarantined)
            {
                _admission.Quarantine_NeedsLock();
                if (_admission.IsRefused)
                {
                    _queue.Refuse_NeedsLock(_admission.Refusal);
                }
            }

            if (_slots.Lose_NeedsLock(isolate))
            {
                _growth.RenewNext_NeedsLock();
            }

            if (_admission.IsOpen && (_queue.Count > 0 || _growth.Count_NeedsLock() < _options.MinIsolates))
            {
                _growth.GrowIfAllowed_NeedsLock();
            }
        }

        _ = isolate.StopAsync(interrupt: false);
    }

    /// <summary>A thread that was abandoned has ended after all.</summary>
    public void Recover()
    {
        lock (_lock)
        {
            _admission.Recover_NeedsLock();
            if (_admission.IsOpen && _growth.Count_NeedsLock() < _options.MinIsolates)
            {
                _growth.GrowIfAllowed_NeedsLock();
            }
        }

        Dispatch();
    }

    /// <summary>Replaces every isolate, one after the other, each only when its replacement is ready. For when those that are made now are better.</summary>
    /// <returns>Ends when no isolate from before takes leases any more.</returns>
    public Task Renew()
    {
        lock (_lock)
        {
            return _growth.Renew_NeedsLock();
        }
    }

    /// <summary>Takes no more leases and waits for those that are out, but for those that rest; then whoever still runs is told to stop.</summary>
    /// <returns>Whether all came back by themselves.</returns>
    public async Task<bool> DrainAsync(CancellationToken cancellationToken)
    {
        Task drained;
        lock (_lock)
        {
            _admission.Stop_NeedsLock();
            _growth.Stop_NeedsLock();
            _queue.Stop_NeedsLock();
            drained = _leases.DrainedAsync_NeedsLock();
        }

        try
        {
            await drained.WaitAsync(cancellationToken).ConfigureAwait(false);
            return true;
        }
        catch (OperationCanceledException)
        {
            foreach (var isolate in Isolates)
            {
                isolate.AbortAll();
            }

            // Time for what listens to request.signal. By the real clock: an application's must not hold up the end of the process.
            await Task.WhenAny(drained, Task.Delay(TimeSpan.FromSeconds(1), CancellationToken.None)).ConfigureAwait(false);
            return false;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _trimmer.DisposeAsync().ConfigureAwait(false);
        _clients.Dispose();
        TIsolate[] isolates;
        Task[] ending;
        lock (_lock)
        {
            _admission.Stop_NeedsLock();
            _growth.Stop_NeedsLock();
            (isolates, ending) = _slots.Clear_NeedsLock();
            _growth.Cancel_NeedsLock();
        }

        // Not under the lock, which whoever has an isolate's lock may be waiting for.
        var stopping = isolates.Select(static i => i.StopAsync(interrupt: true)).ToArray();
        // A thread that cannot be stopped must not hold the process up.
        await Task.WhenAny(Task.WhenAll([.. ending, .. stopping, _growth.DisposeAsync().AsTask()]), Task.Delay(TimeSpan.FromSeconds(2))).ConfigureAwait(false);
    }

    /// <summary>Serves whoever waits, as far as there is room.</summary>
    public void Dispatch()
    {
        lock (_lock)
        {
            while (_queue.Peek_NeedsLock() is { } waiter && TryPick_NeedsLock() is { } slot)
            {
                _queue.RemoveFirst_NeedsLock();
                var lease = Take_NeedsLock(slot, waiter.CountsUse);
                if (!waiter.TryServe(lease))
                {
                    // It gave up in this very moment. The lease must not come back through Release: the lock is held.
                    slot.Out.Remove(lease);
                    _leases.TakeBack_NeedsLock();
                }
            }
        }
    }

    private long? TryGetTimestamp()
    {
        try
        {
            return _time.GetTimestamp();
        }
        catch (Exception)
        {
            // The application's clock failed: what needs the time is left out.
            return null;
        }
    }

    // A lease that is free at once, if nobody waits for one.
    private PoolLease<TIsolate>? TryTake_NeedsLock(bool countsUse)
    {
        _admission.ThrowIfClosed_NeedsLock();
        return _queue.Count == 0 && TryPick_NeedsLock() is { } slot ? Take_NeedsLock(slot, countsUse) : null;
    }

    private PoolLease<TIsolate> Take_NeedsLock(PoolSlot<TIsolate> slot, bool countsUse)
    {
        Debug.Assert(_lock.IsHeldByCurrentThread, "The pool's lock guards the slots.");
        var lease = new PoolLease<TIsolate>(this, _leases, slot, _time.GetTimestamp());
        slot.Out.Add(lease);
        slot.Uses += countsUse ? 1 : 0;
        _leases.Add_NeedsLock();
        return lease;
    }

    private PoolSlot<TIsolate>? TryPick_NeedsLock()
    {
        var best = _slots.FindLeastBusy_NeedsLock(_options.LeasesPerIsolate);
        if (best is not null)
        {
            _growth.GrowIfCrowded_NeedsLock(best);
        }

        return best;
    }

    private void Trim()
    {
        List<PoolSlot<TIsolate>> surplus;
        lock (_lock)
        {
            surplus = _slots.Trim_NeedsLock(_options.MinIsolates, slot => _time.GetElapsedTime(slot.IdleSince) >= _options.IdleTimeout);
            _growth.RenewNext_NeedsLock();
        }

        surplus.ForEach(_slots.End);
    }
}
