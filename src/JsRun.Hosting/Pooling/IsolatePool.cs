using Microsoft.Extensions.Logging;

namespace JsRun.Pooling;

/// <summary>
/// The isolates of one group and the one bounded queue before them. A lease goes to the least busy isolate that is not in a long turn; what finds none waits, and the pool grows
/// meanwhile. Thread-safe.
/// </summary>
internal sealed class IsolatePool : IAsyncDisposable
{
    // One more isolate is made, while there are processors for it, when that many messages wait before the least busy one.
    private const int BacklogToGrow = 2;

    private readonly Lock _lock = new();
    private readonly IIsolateFactory _factory;
    private readonly JsRunPoolOptions _options;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly List<PoolSlot> _slots = [];
    private readonly List<Task> _ending = [];
    private readonly LinkedList<PoolWaiter> _queue = new();
    private readonly ITimer _trimmer;
    // For each isolate that is being made: the generation it began in.
    private readonly List<int> _making = [];
    private TaskCompletionSource? _drained;
    private TaskCompletionSource? _renewed;
    private int _generation;
    private int _quarantined;
    private int _leases;
    private volatile int _queued;
    private bool _stopping;

    public IsolatePool(string name, IIsolateFactory factory, JsRunPoolOptions options, TimeProvider time, ILogger logger)
    {
        Name = name;
        _factory = factory;
        _options = options;
        _time = time;
        _logger = logger;
        _trimmer = time.CreateTimer(static state => ((IsolatePool)state!).Trim(), this, options.IdleTimeout, options.IdleTimeout);
    }

    public string Name { get; }

    public JsPoolStatus Status
    {
        get
        {
            lock (_lock)
            {
                return new JsPoolStatus(_slots.Count(s => !s.Retired), _slots.Count(s => s.Retired), _quarantined, _leases, _queued, _options.MaxIsolates, _options.QueueLimit);
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
            while (_slots.Count(s => !s.Retired) + _making.Count < _options.MinIsolates)
            {
                tasks.Add(Grow());
            }
        }

        return Task.WhenAll(tasks);
    }

    /// <param name="cancellationToken">Ends the wait.</param>
    /// <param name="wears">Whether the lease makes a context, and so counts towards <see cref="JsRunPoolOptions.RecycleAfter"/>.</param>
    /// <exception cref="JsPoolExhaustedException">The queue is full, or the wait was too long.</exception>
    /// <exception cref="JsTerminatedException">The pool is stopping.</exception>
    public ValueTask<PoolLease> AcquireAsync(CancellationToken cancellationToken, bool wears = true)
    {
        LinkedListNode<PoolWaiter> node;
        lock (_lock)
        {
            if (_stopping)
            {
                throw new JsTerminatedException("The host is stopping: no more requests are taken.");
            }

            if (_queue.Count == 0 && TryPick() is { } slot)
            {
                return new ValueTask<PoolLease>(Take(slot, wears));
            }

            if (_queue.Count >= _options.QueueLimit)
            {
                GrowIfAllowed();
                throw Exhausted($"The queue for isolates of {Label} is full: JsRun:Pool:QueueLimit is {_options.QueueLimit}, JsRun:Pool:MaxIsolates {_options.MaxIsolates}.");
            }

            node = _queue.AddLast(new PoolWaiter(wears));
            _queued = _queue.Count;
            GrowIfAllowed();
        }

        return WaitAsync(node, cancellationToken);
    }

    public void Release(PoolSlot slot)
    {
        var end = false;
        lock (_lock)
        {
            slot.Leases--;
            _leases--;
            slot.IdleSince = _time.GetTimestamp();
            if ((slot.Wear >= _options.RecycleAfter || slot.Outdated || slot.Isolate.IsWorn) && slot is { Retired: false, Recycling: false } && !_stopping)
            {
                slot.Recycling = true;
                _ = Grow(replaced: slot);
            }

            end = slot is { Retired: true, Gone: false, Leases: 0 };
            if (_leases == 0)
            {
                _drained?.TrySetResult();
            }
        }

        if (end)
        {
            End(slot);
        }

        Dispatch();
    }

    /// <summary>An isolate's turn ended: whoever waits may have its place. Cheap when nobody waits.</summary>
    public void TurnEnded()
    {
        if (_queued > 0)
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
            }

            if (_slots.Find(s => ReferenceEquals(s.Isolate, isolate)) is { } slot)
            {
                slot.Retired = true;
                slot.Gone = true;
                _slots.Remove(slot);
                RenewNext();
            }

            if (!_stopping && (_queue.Count > 0 || _slots.Count(s => !s.Retired) + _making.Count < _options.MinIsolates))
            {
                GrowIfAllowed();
            }
        }

        _ = isolate.StopAsync(interrupt: false);
    }

    /// <summary>Replaces every isolate, one after the other, each only when its replacement is ready. For when those that are made now are better.</summary>
    /// <returns>Ends when no isolate from before takes leases any more.</returns>
    public Task Renew()
    {
        lock (_lock)
        {
            foreach (var slot in _slots)
            {
                slot.Outdated = true;
            }

            _renewed ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            var renewed = _renewed.Task;
            _generation++;
            RenewNext();
            return renewed;
        }
    }

    /// <summary>Takes no more leases and waits for those that are out; then whoever still runs is told to stop.</summary>
    /// <returns>Whether all came back by themselves.</returns>
    public async Task<bool> DrainAsync(CancellationToken cancellationToken)
    {
        Task drained;
        lock (_lock)
        {
            _stopping = true;
            foreach (var waiter in _queue)
            {
                waiter.TryFail(new JsTerminatedException("The host is stopping: the request was not begun."));
            }

            _queue.Clear();
            _queued = 0;
            _drained ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            if (_leases == 0)
            {
                _drained.TrySetResult();
            }

            drained = _drained.Task;
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
        IPooledIsolate[] isolates;
        Task[] ending;
        lock (_lock)
        {
            _stopping = true;
            isolates = [.. _slots.Select(s => s.Isolate)];
            ending = [.. _ending];
            _slots.Clear();
            _renewed?.TrySetCanceled();
        }

        // Not under the lock, which whoever has an isolate's lock may be waiting for.
        var stopping = isolates.Select(i => i.StopAsync(interrupt: true)).ToArray();
        // A thread that cannot be stopped must not hold the process up.
        await Task.WhenAny(Task.WhenAll([.. ending, .. stopping]), Task.Delay(TimeSpan.FromSeconds(2))).ConfigureAwait(false);
    }

    private string Label => Name.Length == 0 ? "the default group" : $"the group '{Name}'";

    private static JsPoolExhaustedException Exhausted(string message) => new(message);

    private async ValueTask<PoolLease> WaitAsync(LinkedListNode<PoolWaiter> node, CancellationToken cancellationToken)
    {
        var waiter = node.Value;
        await using var timer = _time.CreateTimer(
            static state => ((Action)state!)(),
            (Action)(() => waiter.TryFail(Exhausted($"No isolate of {Label} was free for {_options.QueueTimeout}: JsRun:Pool:QueueTimeout."))),
            _options.QueueTimeout,
            Timeout.InfiniteTimeSpan).ConfigureAwait(false);
        await using var registration = cancellationToken.UnsafeRegister(static (state, token) => ((PoolWaiter)state!).TryCancel(token), waiter).ConfigureAwait(false);
        try
        {
            return await waiter.Lease.ConfigureAwait(false);
        }
        finally
        {
            lock (_lock)
            {
                if (node.List is not null)
                {
                    _queue.Remove(node);
                    _queued = _queue.Count;
                }
            }
        }
    }

    private void Dispatch()
    {
        lock (_lock)
        {
            while (_queue.First is { } node)
            {
                if (node.Value.Lease.IsCompleted)
                {
                    _queue.RemoveFirst();
                    continue;
                }

                if (TryPick() is not { } slot)
                {
                    break;
                }

                _queue.RemoveFirst();
                var lease = Take(slot, node.Value.Wears);
                if (!node.Value.TryServe(lease))
                {
                    // It gave up in this very moment. The lease must not come back through Release: the lock is held.
                    slot.Leases--;
                    _leases--;
                }
            }

            _queued = _queue.Count;
        }
    }

    private PoolLease Take(PoolSlot slot, bool wears)
    {
        slot.Leases++;
        slot.Wear += wears ? 1 : 0;
        _leases++;
        return new PoolLease(this, slot);
    }

    private PoolSlot? TryPick()
    {
        PoolSlot? best = null;
        var bestLoad = int.MaxValue;
        foreach (var slot in _slots)
        {
            if (slot.Retired || slot.Leases >= _options.LeasesPerIsolate)
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

        if (best is not null && best.Isolate.Backlog >= BacklogToGrow && _slots.Count + _making.Count < Math.Min(_options.MaxIsolates, Environment.ProcessorCount))
        {
            _ = Grow();
        }

        return best;
    }

    private void GrowIfAllowed()
    {
        if (_slots.Count(s => !s.Retired) + _making.Count < _options.MaxIsolates)
        {
            _ = Grow();
        }
    }

    // Under the lock.
    private void RenewNext()
    {
        var next = _slots.Find(s => s is { Outdated: true, Retired: false });
        if (next is null)
        {
            if (_renewed is not null && _making.TrueForAll(g => g == _generation))
            {
                _renewed.TrySetResult();
                _renewed = null;
            }
        }
        else if (!_stopping && !_slots.Exists(s => s is { Outdated: true, Recycling: true, Retired: false }))
        {
            next.Recycling = true;
            _ = Grow(replaced: next);
        }
    }

    private async Task Grow(PoolSlot? replaced = null)
    {
        var generation = _generation;
        _making.Add(generation);
        try
        {
            // Off the caller's stack, which holds the lock.
            await Task.Yield();
            var isolate = await _factory.CreateAsync(this).ConfigureAwait(false);
            Created(isolate, generation, replaced);
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            Failed(e, generation, replaced);
        }

        Dispatch();
    }

    private void Created(IPooledIsolate isolate, int generation, PoolSlot? replaced)
    {
        bool stopping;
        var end = false;
        lock (_lock)
        {
            _making.Remove(generation);
            stopping = _stopping;
            if (!stopping)
            {
                _slots.Add(new PoolSlot(isolate) { IdleSince = _time.GetTimestamp(), Outdated = generation != _generation });
            }

            // Only now that its replacement is ready.
            if (replaced is { Retired: false })
            {
                replaced.Retired = true;
                end = replaced.Leases == 0;
            }

            RenewNext();
        }

        if (end)
        {
            End(replaced!);
        }

        if (stopping)
        {
            _ = isolate.StopAsync(interrupt: true);
        }
    }

    private void Failed(Exception error, int generation, PoolSlot? replaced)
    {
        _logger.IsolateNotCreated(Name, error);
        lock (_lock)
        {
            _making.Remove(generation);
            // It goes on meanwhile, and the next lease that comes back tries again.
            replaced?.Recycling = false;
            if (_slots.Count == 0 && _making.Count == 0)
            {
                // Nobody is left who could serve them.
                foreach (var waiter in _queue)
                {
                    waiter.TryFail(Exhausted($"No isolate of {Label} could be created: {error.Message}"));
                }
            }
        }
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

            RenewNext();
        }

        surplus.ForEach(End);
    }

    private void End(PoolSlot slot)
    {
        var ended = slot.Isolate.StopAsync(interrupt: false);
        lock (_lock)
        {
            _slots.Remove(slot);
            _ending.RemoveAll(t => t.IsCompleted);
            _ending.Add(ended);
        }
    }
}
