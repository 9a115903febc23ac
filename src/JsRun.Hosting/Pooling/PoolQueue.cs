using System.Diagnostics;
using JsRun.Scheduling;

namespace JsRun.Pooling;

/// <summary>Who waits for a lease, in the order in which they came. Methods whose names end in <c>_NeedsLock</c> are called by a holder of the pool's lock.</summary>
/// <param name="label">The group, for messages, such as "the group 'x'".</param>
/// <param name="sync">The pool's lock.</param>
/// <param name="options">How many may wait, and for how long.</param>
/// <param name="time">The pool's clock.</param>
/// <typeparam name="TIsolate">The type of the isolates.</typeparam>
internal sealed class PoolQueue<TIsolate>(string label, Lock sync, JsRunPoolOptions options, TimeProvider time)
    where TIsolate : class, IPooledIsolate
{
    private readonly LinkedList<PoolWaiter<TIsolate>> _waiters = new();
    private volatile int _count;

    /// <summary>How many wait. From any thread, and then a moment old.</summary>
    public int Count => _count;

    /// <summary>For how long the first has waited.</summary>
    public TimeSpan LongestWait_NeedsLock() => Peek_NeedsLock() is { } first ? time.GetElapsedTime(first.Since) : TimeSpan.Zero;

    public JsPoolExhaustedException Full() =>
        new($"The queue for isolates of {label} is full: JsRun:Pool:QueueLimit is {options.QueueLimit}, JsRun:Pool:MaxIsolates {options.MaxIsolates}.")
        { Limit = nameof(JsRunPoolOptions.QueueLimit) };

    public LinkedListNode<PoolWaiter<TIsolate>> Add_NeedsLock(bool countsUse)
    {
        Debug.Assert(sync.IsHeldByCurrentThread, "The pool's lock guards the queue.");
        var node = _waiters.AddLast(new PoolWaiter<TIsolate>(countsUse, time.GetTimestamp()));
        _count = _waiters.Count;
        return node;
    }

    /// <summary>The first who still waits; whoever has given up before leaves.</summary>
    public PoolWaiter<TIsolate>? Peek_NeedsLock()
    {
        Debug.Assert(sync.IsHeldByCurrentThread, "The pool's lock guards the queue.");
        while (_waiters.First is { Value: { Lease.IsCompleted: true } })
        {
            RemoveFirst_NeedsLock();
        }

        return _waiters.First?.Value;
    }

    public void RemoveFirst_NeedsLock()
    {
        Debug.Assert(sync.IsHeldByCurrentThread, "The pool's lock guards the queue.");
        _waiters.RemoveFirst();
        _count = _waiters.Count;
    }

    /// <summary>Nobody waits any more: the host is stopping.</summary>
    public void Stop_NeedsLock()
    {
        Debug.Assert(sync.IsHeldByCurrentThread, "The pool's lock guards the queue.");
        foreach (var waiter in _waiters)
        {
            waiter.TryFail(new JsTerminatedException("The host is stopping: the request was not begun."));
        }

        _waiters.Clear();
        _count = 0;
    }

    /// <summary>There is no isolate and none can be made: they fail, and leave the queue by themselves.</summary>
    public void Fail_NeedsLock(Exception error)
    {
        Debug.Assert(sync.IsHeldByCurrentThread, "The pool's lock guards the queue.");
        foreach (var waiter in _waiters)
        {
            waiter.TryFail(new JsPoolExhaustedException($"No isolate of {label} could be created: {error.Message}"));
        }
    }

    /// <summary>The group is refused: they fail, and leave the queue by themselves.</summary>
    public void Refuse_NeedsLock(Func<Exception> refusal)
    {
        Debug.Assert(sync.IsHeldByCurrentThread, "The pool's lock guards the queue.");
        foreach (var waiter in _waiters)
        {
            // Each its own: an exception that several throw has the stack of one.
            waiter.TryFail(refusal());
        }
    }

    /// <summary>Waits for the lease, for <see cref="JsRunPoolOptions.QueueTimeout"/> at most, and leaves the queue.</summary>
    public async ValueTask<PoolLease<TIsolate>> WaitAsync(LinkedListNode<PoolWaiter<TIsolate>> node, CancellationToken cancellationToken)
    {
        var waiter = node.Value;
        await using var timer = time.CreateGuardedTimer(
            waiter,
            waiter => waiter.TryFail(TimedOut()),
            options.QueueTimeout,
            Timeout.InfiniteTimeSpan).ConfigureAwait(false);
        await using var registration = cancellationToken.UnsafeRegister(static (state, token) => ((PoolWaiter<TIsolate>)state!).TryCancel(token), waiter).ConfigureAwait(false);
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

    private JsPoolExhaustedException TimedOut() =>
        new($"No isolate of {label} was free for {options.QueueTimeout}: JsRun:Pool:QueueTimeout.") { Limit = nameof(JsRunPoolOptions.QueueTimeout) };
}
