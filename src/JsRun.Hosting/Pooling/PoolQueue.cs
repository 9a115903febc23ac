using JsRun.Scheduling;

namespace JsRun.Pooling;

/// <summary>Who waits for a lease, in the order in which they came. Under the pool's lock, except <see cref="WaitAsync"/> and <see cref="IsEmpty"/>.</summary>
internal sealed class PoolQueue(string group, Lock sync, JsRunPoolOptions options, TimeProvider time)
{
    private readonly LinkedList<PoolWaiter> _waiters = new();
    private volatile int _count;

    public int Count => _waiters.Count;

    /// <summary>Whether nobody waits. From any thread, and then a moment old.</summary>
    public bool IsEmpty => _count == 0;

    /// <summary>For how long the first has waited.</summary>
    public TimeSpan LongestWait => Peek() is { } first ? time.GetElapsedTime(first.Since) : TimeSpan.Zero;

    private string Label => group.Length == 0 ? "the default group" : $"the group '{group}'";

    public JsPoolExhaustedException Full() =>
        new($"The queue for isolates of {Label} is full: JsRun:Pool:QueueLimit is {options.QueueLimit}, JsRun:Pool:MaxIsolates {options.MaxIsolates}.") { Limit = nameof(JsRunPoolOptions.QueueLimit) };

    public JsPoolExhaustedException Refused(int quarantined) =>
        new($"{Label[..1].ToUpperInvariant()}{Label[1..]} takes no requests: {quarantined} of its threads could not be stopped and still run, and JsRun:Pool:MaxQuarantined is {options.MaxQuarantined}.") { Limit = nameof(JsRunPoolOptions.MaxQuarantined) };

    public LinkedListNode<PoolWaiter> Add(bool countsUse)
    {
        var node = _waiters.AddLast(new PoolWaiter(countsUse, time.GetTimestamp()));
        _count = _waiters.Count;
        return node;
    }

    /// <summary>The first who still waits; whoever has given up before leaves.</summary>
    public PoolWaiter? Peek()
    {
        while (_waiters.First is { Value: { Lease.IsCompleted: true } })
        {
            RemoveFirst();
        }

        return _waiters.First?.Value;
    }

    public void RemoveFirst()
    {
        _waiters.RemoveFirst();
        _count = _waiters.Count;
    }

    /// <summary>Nobody waits any more: the host is stopping.</summary>
    public void Stop()
    {
        foreach (var waiter in _waiters)
        {
            waiter.TryFail(new JsTerminatedException("The host is stopping: the request was not begun."));
        }

        _waiters.Clear();
        _count = 0;
    }

    /// <summary>There is no isolate and none can be made: they fail, and leave the queue by themselves.</summary>
    public void Fail(Exception error)
    {
        foreach (var waiter in _waiters)
        {
            waiter.TryFail(new JsPoolExhaustedException($"No isolate of {Label} could be created: {error.Message}"));
        }
    }

    /// <summary>The group is refused: they fail, and leave the queue by themselves.</summary>
    public void Refuse(int quarantined)
    {
        foreach (var waiter in _waiters)
        {
            waiter.TryFail(Refused(quarantined));
        }
    }

    /// <summary>Waits for the lease, for <see cref="JsRunPoolOptions.QueueTimeout"/> at most, and leaves the queue.</summary>
    public async ValueTask<PoolLease> WaitAsync(LinkedListNode<PoolWaiter> node, CancellationToken cancellationToken)
    {
        var waiter = node.Value;
        await using var timer = time.CreateGuardedTimer(
            waiter,
            waiter => waiter.TryFail(new JsPoolExhaustedException($"No isolate of {Label} was free for {options.QueueTimeout}: JsRun:Pool:QueueTimeout.") { Limit = nameof(JsRunPoolOptions.QueueTimeout) }),
            options.QueueTimeout,
            Timeout.InfiniteTimeSpan).ConfigureAwait(false);
        await using var registration = cancellationToken.UnsafeRegister(static (state, token) => ((PoolWaiter)state!).TryCancel(token), waiter).ConfigureAwait(false);
        try
        {
            return await waiter.Lease.ConfigureAwait(false);
        }
        finally
        {
            lock (sync)
            {
                if (node.List is not null)
                {
                    _waiters.Remove(node);
                    _count = _waiters.Count;
                }
            }
        }
    }
}
