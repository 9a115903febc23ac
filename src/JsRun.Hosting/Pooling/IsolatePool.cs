using JsRun.Scheduling;
using Microsoft.Extensions.Logging;

namespace JsRun.Pooling;

/// <summary>
/// The isolates of one group and the one bounded queue before them. A lease goes to the least busy isolate that is not in a long turn; what finds none waits, and the pool grows
/// meanwhile. Thread-safe.
/// </summary>
internal sealed class IsolatePool : IAsyncDisposable
{
    private readonly Lock _lock = new();
    private readonly PoolGrowth _growth;
    private readonly PoolQueue _queue;
    private readonly PoolClients _clients;
    private readonly JsRunPoolOptions _options;
    private readonly TimeProvider _time;
    private readonly PoolLeases _leases;
    private readonly List<PoolSlot> _slots = [];
    private readonly List<Task> _ending = [];
    private readonly ITimer _trimmer;
    // Threads that were abandoned and have not ended yet.
    private int _quarantined;
    private bool _stopping;

    public IsolatePool(string name, IIsolateFactory factory, JsRunPoolOptions options, TimeProvider time, ILogger logger)
    {
        Name = name;
        _options = options;
        _time = time;
        _leases = new PoolLeases(_lock);
        _queue = new PoolQueue(name, _lock, options, time);
        _clients = new PoolClients(name, _queue, _slots, _lock, options, time, logger);
        _growth = new PoolGrowth(this, _queue, _clients, factory, _slots, _lock, options, time, logger);
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
                    Isolates = _slots.Count(s => !s.Retired),
                    Retiring = _slots.Count(s => s.Retired),
                    Quarantined = _quarantined,
                    Leases = _leases.Count,
                    Queued = _queue.Count,
                    MaxIsolates = _options.MaxIsolates,
                    QueueLimit = _options.QueueLimit,
                    Starting = _growth.Starting,
                    LongestWait = _queue.LongestWait,
                    Streams = _clients.Count,
                };
            }
        }
    }

    /// <summary>Isolates that take leases now.</summary>
    public IPooledIsolate[] Isolates
    {
        get
        {
            lock (_lock)
            {
                return [.. _slots.Select(s => s.Isolate)];
            }
        }
    }

    /// <summary>Makes the minimum of isolates.</summary>
    public Task WarmAsync()
    {
        List<Task> tasks = [];
        lock (_lock)
        {
            for (var missing = _options.MinIsolates - _growth.Count; missing > 0; missing--)
            {
                tasks.Add(_growth.Grow());
            }
        }

        return Task.WhenAll(tasks);
    }

    /// <param name="cancellationToken">Ends the wait.</param>
    /// <param name="countsUse">Whether the lease makes a context, and so counts towards <see cref="JsRunPoolOptions.RecycleAfter"/>.</param>
    /// <exception cref="JsPoolExhaustedException">The queue is full, or the wait was too long.</exception>
    /// <exception cref="JsTerminatedException">The pool is stopping.</exception>
    public ValueTask<PoolLease> AcquireAsync(CancellationToken cancellationToken, bool countsUse = true)
    {
        LinkedListNode<PoolWaiter> node;
        lock (_lock)
        {
            ThrowIfStopping();
            ThrowIfRefused();
            if (_queue.Count == 0 && TryPick() is { } slot)
            {
                return new ValueTask<PoolLease>(Take(slot, countsUse));
            }

            if (_queue.Count >= _options.QueueLimit)
            {
                _growth.GrowIfAllowed();
                throw _queue.Full();
            }

            node = _queue.Add(countsUse);
            _clients.Notice();
            _growth.GrowIfAllowed();
        }

        return _queue.WaitAsync(node, cancellationToken);
    }

    /// <summary>A lease comes back.</summary>
    /// <param name="slot">Where it was.</param>
    /// <param name="lease">The lease.</param>
    /// <param name="isFull">Whether that is because the isolate has no room for what it was for.</param>
    public void Release(PoolSlot slot, PoolLease lease, bool isFull = false)
    {
        var end = false;
        // A clock of the application's that fails must not keep the lease.
        var now = TryGetTimestamp() ?? slot.IdleSince;
        lock (_lock)
        {
            slot.Out.Remove(lease);
            _leases.Remove(lease);
            slot.IdleSince = now;
            // Only another lease that comes back makes room.
            slot.Full = isFull && slot.Leases > 0;
            _growth.ReplaceIfNeeded(slot);
            if (slot.Full)
            {
                _growth.GrowIfAllowed();
            }

            end = slot is { Retired: true, Gone: false, Leases: 0 };
        }

        if (end)
        {
            End(slot);
        }

        Dispatch();
    }

    /// <summary>A lease that is free at once, or <see langword="null"/>. It counts towards <see cref="JsRunPoolOptions.RecycleAfter"/>.</summary>
    /// <exception cref="JsTerminatedException">The pool is stopping.</exception>
    public PoolLease? TryAcquire()
    {
        lock (_lock)
        {
            ThrowIfStopping();
            ThrowIfRefused();
            if (_queue.Count == 0 && TryPick() is { } slot)
            {
                return Take(slot, countsUse: true);
            }

            _growth.GrowIfAllowed();
            return null;
        }
    }

    /// <summary>Whether one more response may be a stream, which keeps its lease for as long as its client likes.</summary>
    public bool MayStream()
    {
        lock (_lock)
        {
            return _clients.MayStream();
        }
    }

    /// <summary>An isolate's turn ended: whoever waits may have its place. Cheap when nobody waits.</summary>
    public void TurnEnded()
    {
        if (!_queue.IsEmpty)
        {
            Dispatch();
        }
    }

    /// <summary>An isolate cannot go on. Its leases come back one by one.</summary>
    public void Lose(IPooledIsolate isolate, bool quarantined)
    {
        lock (_lock)
        {
            if (quarantined)
            {
                _quarantined++;
                if (IsRefused)
                {
                    _queue.Refuse(_quarantined);
                }
            }

            if (_slots.Find(s => ReferenceEquals(s.Isolate, isolate)) is { } slot)
            {
                slot.Retired = true;
                slot.Gone = true;
                slot.Patience?.Dispose();
                _slots.Remove(slot);
                _growth.RenewNext();
            }

            if (!_stopping && !IsRefused && (_queue.Count > 0 || _growth.Count < _options.MinIsolates))
            {
                _growth.GrowIfAllowed();
            }
        }

        _ = isolate.StopAsync(interrupt: false);
    }

    /// <summary>A thread that was abandoned has ended after all.</summary>
    public void Recover()
    {
        lock (_lock)
        {
            _quarantined--;
            if (!_stopping && !IsRefused && _growth.Count < _options.MinIsolates)
            {
                _growth.GrowIfAllowed();
            }
        }

        Dispatch();
    }

    // Each abandoned thread keeps a processor and its memory: so many are borne, and then the group has no more until one has ended.
    private bool IsRefused => _quarantined >= _options.MaxQuarantined;

    private JsPoolExhaustedException Refused() => _queue.Refused(_quarantined);

    private void ThrowIfRefused()
    {
        if (IsRefused)
        {
            throw Refused();
        }
    }

    /// <summary>Replaces every isolate, one after the other, each only when its replacement is ready. For when those that are made now are better.</summary>
    /// <returns>Ends when no isolate from before takes leases any more.</returns>
    public Task Renew()
    {
        lock (_lock)
        {
            return _growth.Renew();
        }
    }

    /// <summary>Takes no more leases and waits for those that are out, but for those that rest; then whoever still runs is told to stop.</summary>
    /// <returns>Whether all came back by themselves.</returns>
    public async Task<bool> DrainAsync(CancellationToken cancellationToken)
    {
        Task drained;
        lock (_lock)
        {
            _stopping = true;
            _growth.Stop();
            _queue.Stop();
            drained = _leases.DrainedAsync();
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

            // Time for what listens to request.signal.
            await Task.WhenAny(drained, Task.Delay(TimeSpan.FromSeconds(1), CancellationToken.None)).ConfigureAwait(false);
            return false;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _trimmer.DisposeAsync().ConfigureAwait(false);
        _clients.Dispose();
        IPooledIsolate[] isolates;
        Task[] ending;
        lock (_lock)
        {
            _stopping = true;
            _growth.Stop();
            isolates = [.. _slots.Select(s => s.Isolate)];
            ending = [.. _ending];
            _slots.Clear();
            _growth.Cancel();
        }

        // Not under the lock, which whoever has an isolate's lock may be waiting for.
        var stopping = isolates.Select(i => i.StopAsync(interrupt: true)).ToArray();
        // A thread that cannot be stopped must not hold the process up.
        await Task.WhenAny(Task.WhenAll([.. ending, .. stopping, _growth.DisposeAsync().AsTask()]), Task.Delay(TimeSpan.FromSeconds(2))).ConfigureAwait(false);
    }

    /// <summary>Serves whoever waits, as far as there is room.</summary>
    public void Dispatch()
    {
        lock (_lock)
        {
            while (_queue.Peek() is { } waiter && TryPick() is { } slot)
            {
                _queue.RemoveFirst();
                var lease = Take(slot, waiter.CountsUse);
                if (!waiter.TryServe(lease))
                {
                    // It gave up in this very moment. The lease must not come back through Release: the lock is held.
                    slot.Out.Remove(lease);
                    _leases.TakeBack();
                }
            }
        }
    }

    private void ThrowIfStopping()
    {
        if (_stopping)
        {
            throw new JsTerminatedException("The host is stopping: no more requests are accepted.");
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
            return null;
        }
    }

    private PoolLease Take(PoolSlot slot, bool countsUse)
    {
        var lease = new PoolLease(this, _leases, slot, _time.GetTimestamp());
        slot.Out.Add(lease);
        slot.Uses += countsUse ? 1 : 0;
        _leases.Add();
        return lease;
    }

    private PoolSlot? TryPick()
    {
        PoolSlot? best = null;
        var bestLoad = int.MaxValue;
        foreach (var slot in _slots)
        {
            if (slot.Retired || slot.Full || slot.Leases >= _options.LeasesPerIsolate)
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

        if (best is not null)
        {
            _growth.GrowIfCrowded(best);
        }

        return best;
    }

    private void Trim()
    {
        List<PoolSlot> surplus = [];
        lock (_lock)
        {
            var count = _slots.Count(s => !s.Retired);
            foreach (var slot in _slots)
            {
                if (count > _options.MinIsolates && slot is { Leases: 0, Retired: false } && _time.GetElapsedTime(slot.IdleSince) >= _options.IdleTimeout)
                {
                    slot.Retired = true;
                    surplus.Add(slot);
                    count--;
                }
            }

            _growth.RenewNext();
        }

        surplus.ForEach(End);
    }

    /// <summary>Stops an isolate that is retired and has no lease any more.</summary>
    public void End(PoolSlot slot)
    {
        slot.Patience?.Dispose();
        var ended = slot.Isolate.StopAsync(interrupt: false);
        lock (_lock)
        {
            _slots.Remove(slot);
            _ending.RemoveAll(t => t.IsCompleted);
            _ending.Add(ended);
        }
    }
}
