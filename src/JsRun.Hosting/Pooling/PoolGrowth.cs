using System.Diagnostics;
using Microsoft.Extensions.Logging;

namespace JsRun.Pooling;

/// <summary>
/// Creates a pool's isolates: more if there are too few, and replacements for exhausted or outdated isolates, each ready before the old one is stopped. Methods whose names end
/// in <c>_NeedsLock</c> are called by a holder of the pool's lock.
/// </summary>
/// <typeparam name="TIsolate">The type of the isolates.</typeparam>
internal sealed class PoolGrowth<TIsolate>(
    IsolatePool<TIsolate> pool,
    PoolQueue<TIsolate> queue,
    PoolClients<TIsolate> clients,
    IIsolateFactory<TIsolate> factory,
    PoolSlots<TIsolate> slots,
    JsRunPoolOptions options,
    TimeProvider time,
    ILogger logger) : IAsyncDisposable
    where TIsolate : class, IPooledIsolate
{
    // One more isolate is made, while there are processors for it, when that many messages wait before the least busy one.
    private const int BacklogToGrow = 2;

    // For each isolate that is being made: the generation it began in.
    private readonly List<int> _making = [];
    private readonly List<Task> _growing = [];
    private readonly CancellationTokenSource _stopping = new();
    private TaskCompletionSource? _renewed;
    private int _generation;
    private volatile bool _stopped;

    /// <summary>Isolates that are being made.</summary>
    public int Starting => _making.Count;

    /// <summary>Isolates that take leases, or soon will.</summary>
    public int Count_NeedsLock() => slots.CountServing_NeedsLock() + _making.Count;

    /// <summary>No isolate is replaced any more, and those that come are stopped at once.</summary>
    public void Stop_NeedsLock()
    {
        Debug.Assert(slots.Lock.IsHeldByCurrentThread, "The pool's lock guards its growth.");
        _stopped = true;
    }

    /// <summary>After <see cref="Stop_NeedsLock"/>, and not under the pool's lock: has the isolates that are being made end.</summary>
    public async ValueTask DisposeAsync()
    {
        if (_stopping.IsCancellationRequested)
        {
            return;
        }

        await _stopping.CancelAsync().ConfigureAwait(false);
        // Nothing is added any more.
        await Task.WhenAll(_growing).ConfigureAwait(false);
        _stopping.Dispose();
    }

    /// <summary>Whoever waits for a renewal waits no more.</summary>
    public void Cancel_NeedsLock()
    {
        Debug.Assert(slots.Lock.IsHeldByCurrentThread, "The pool's lock guards its growth.");
        _renewed?.TrySetCanceled();
    }

    public void GrowIfAllowed_NeedsLock()
    {
        if (Count_NeedsLock() < options.MaxIsolates)
        {
            _ = Grow_NeedsLock();
        }
    }

    /// <summary>The least busy isolate is about to get a lease.</summary>
    public void GrowIfCrowded_NeedsLock(PoolSlot<TIsolate> least)
    {
        var threads = slots.Count_NeedsLock() + _making.Count;
        if ((least.Isolate.Backlog >= BacklogToGrow && threads < Math.Min(options.MaxIsolates, Environment.ProcessorCount))
            // Requests that wait for something take no processor but memory: the next isolate is there before this one is full.
            || (least.Leases > 0 && least.Leases * 2 >= options.LeasesPerIsolate && threads < options.MaxIsolates))
        {
            _ = Grow_NeedsLock();
        }
    }

    /// <summary>A lease came back: replaces its isolate if that is exhausted.</summary>
    public void ReplaceIfNeeded_NeedsLock(PoolSlot<TIsolate> slot)
    {
        if (!_stopped && (slot.Uses >= options.RecycleAfter || slot.Outdated || slot.Isolate.NeedsReplacement) && slot.BeginReplacement_NeedsLock())
        {
            _ = Grow_NeedsLock(replaced: slot);
        }
    }

    /// <inheritdoc cref="IsolatePool{TIsolate}.Renew"/>
    public Task Renew_NeedsLock()
    {
        foreach (var slot in slots.All_NeedsLock())
        {
            slot.Outdated = true;
        }

        _renewed ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var renewed = _renewed.Task;
        _generation++;
        RenewNext_NeedsLock();
        return renewed;
    }

    /// <summary>The isolates have changed: goes on with a renewal.</summary>
    public void RenewNext_NeedsLock()
    {
        var outdated = slots.Serving_NeedsLock().Where(static s => s.Outdated).ToArray();
        if (outdated.Length == 0)
        {
            if (_renewed is not null && _making.TrueForAll(g => g == _generation))
            {
                _renewed.TrySetResult();
                _renewed = null;
            }
        }
        else if (!_stopped && Array.TrueForAll(outdated, static s => s.State == SlotState.Serving) && outdated[0].BeginReplacement_NeedsLock())
        {
            _ = Grow_NeedsLock(replaced: outdated[0]);
        }
    }

    /// <summary>Makes one more isolate; the task ends when it is there, or cannot be.</summary>
    public Task Grow_NeedsLock(PoolSlot<TIsolate>? replaced = null)
    {
        Debug.Assert(slots.Lock.IsHeldByCurrentThread, "The pool's lock guards its growth.");
        if (_stopped)
        {
            return Task.CompletedTask;
        }

        _growing.RemoveAll(static t => t.IsCompleted);
        var growing = GrowAsync(replaced);
        _growing.Add(growing);
        return growing;
    }

    private async Task GrowAsync(PoolSlot<TIsolate>? replaced)
    {
        var generation = _generation;
        _making.Add(generation);
        try
        {
            // Off the caller's stack, which holds the lock.
            await Task.Yield();
            var isolate = await factory.CreateAsync(pool, _stopping.Token).ConfigureAwait(false);
            Created(isolate, generation, replaced);
        }
        catch (Exception e)
        {
            Failed(e, generation, replaced);
        }

        pool.Dispatch();
    }

    private void Created(TIsolate isolate, int generation, PoolSlot<TIsolate>? replaced)
    {
        bool stopped;
        var end = false;
        lock (slots.Lock)
        {
            _making.Remove(generation);
            stopped = _stopped;
            if (!stopped)
            {
                slots.Add_NeedsLock(isolate, time.GetTimestamp(), outdated: generation != _generation);
            }

            // Only now that its replacement is ready.
            if (replaced is not null)
            {
                end = clients.Retire_NeedsLock(replaced);
            }

            RenewNext_NeedsLock();
        }

        if (end)
        {
            slots.End(replaced!);
        }

        if (stopped)
        {
            _ = isolate.StopAsync(interrupt: true);
        }
    }

    private void Failed(Exception error, int generation, PoolSlot<TIsolate>? replaced)
    {
        if (!_stopped)
        {
            logger.IsolateNotCreated(pool.Name, error);
        }

        lock (slots.Lock)
        {
            _making.Remove(generation);
            // It goes on meanwhile, and the next lease that comes back tries again.
            replaced?.KeepServing_NeedsLock();
            if (slots.Count_NeedsLock() == 0 && _making.Count == 0)
            {
                // Nobody is left who could serve them.
                queue.Fail_NeedsLock(error);
            }
        }
    }
}
