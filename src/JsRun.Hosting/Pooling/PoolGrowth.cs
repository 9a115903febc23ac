using Microsoft.Extensions.Logging;

namespace JsRun.Pooling;

/// <summary>
/// Creates a pool's isolates: more if there are too few, and replacements for exhausted or outdated isolates, each ready before the old one is stopped. Callers must hold the
/// pool's lock, which guards the slots too. Only <see cref="DisposeAsync"/> and the asynchronous continuations run without it.
/// </summary>
internal sealed class PoolGrowth(IsolatePool pool, PoolQueue queue, PoolClients clients, IIsolateFactory factory, List<PoolSlot> slots, Lock sync, JsRunPoolOptions options, TimeProvider time, ILogger logger) : IAsyncDisposable
{
    // One more isolate is made, while there are processors for it, when that many messages wait before the least busy one.
    private const int BacklogToGrow = 2;

    // For each isolate that is being made: the generation it began in.
    private readonly List<int> _making = [];
    private readonly List<Task> _growing = [];
    private readonly CancellationTokenSource _stopping = new();
    private TaskCompletionSource? _renewed;
    private int _generation;
    private bool _stopped;

    /// <summary>Isolates that take leases, or soon will.</summary>
    public int Count => slots.Count(s => !s.Retired) + _making.Count;

    /// <summary>Isolates that are being made.</summary>
    public int Starting => _making.Count;

    /// <summary>Isolates that are there, retired ones too, or soon will be.</summary>
    public int Threads => slots.Count + _making.Count;

    /// <summary>No isolate is replaced any more, and those that come are stopped at once.</summary>
    public void Stop() => _stopped = true;

    /// <summary>After <see cref="Stop"/>, and not under the pool's lock: has the isolates that are being made end.</summary>
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
    public void Cancel() => _renewed?.TrySetCanceled();

    public void GrowIfAllowed()
    {
        if (Count < options.MaxIsolates)
        {
            _ = Grow();
        }
    }

    /// <summary>The least busy isolate is about to get a lease.</summary>
    public void GrowIfCrowded(PoolSlot least)
    {
        if ((least.Isolate.Backlog >= BacklogToGrow && Threads < Math.Min(options.MaxIsolates, Environment.ProcessorCount))
            // Requests that wait for something take no processor but memory: the next isolate is there before this one is full.
            || (least.Leases > 0 && least.Leases * 2 >= options.LeasesPerIsolate && Threads < options.MaxIsolates))
        {
            _ = Grow();
        }
    }

    /// <summary>A lease came back: replaces its isolate if that is exhausted.</summary>
    public void ReplaceIfNeeded(PoolSlot slot)
    {
        if ((slot.Uses >= options.RecycleAfter || slot.Outdated || slot.Isolate.NeedsReplacement) && slot is { Retired: false, Recycling: false } && !_stopped)
        {
            slot.Recycling = true;
            _ = Grow(replaced: slot);
        }
    }

    /// <inheritdoc cref="IsolatePool.Renew"/>
    public Task Renew()
    {
        foreach (var slot in slots)
        {
            slot.Outdated = true;
        }

        _renewed ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var renewed = _renewed.Task;
        _generation++;
        RenewNext();
        return renewed;
    }

    /// <summary>The isolates have changed: goes on with a renewal.</summary>
    public void RenewNext()
    {
        var next = slots.Find(s => s is { Outdated: true, Retired: false });
        if (next is null)
        {
            if (_renewed is not null && _making.TrueForAll(g => g == _generation))
            {
                _renewed.TrySetResult();
                _renewed = null;
            }
        }
        else if (!_stopped && !slots.Exists(s => s is { Outdated: true, Recycling: true, Retired: false }))
        {
            next.Recycling = true;
            _ = Grow(replaced: next);
        }
    }

    /// <summary>Makes one more isolate; the task ends when it is there, or cannot be.</summary>
    public Task Grow(PoolSlot? replaced = null)
    {
        if (_stopped)
        {
            return Task.CompletedTask;
        }

        _growing.RemoveAll(static t => t.IsCompleted);
        var growing = GrowAsync(replaced);
        _growing.Add(growing);
        return growing;
    }

    private async Task GrowAsync(PoolSlot? replaced)
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

    private void Created(IPooledIsolate isolate, int generation, PoolSlot? replaced)
    {
        bool stopped;
        var end = false;
        lock (sync)
        {
            _making.Remove(generation);
            stopped = _stopped;
            if (!stopped)
            {
                slots.Add(new PoolSlot(isolate) { IdleSince = time.GetTimestamp(), Outdated = generation != _generation });
            }

            // Only now that its replacement is ready.
            if (replaced is { Retired: false })
            {
                end = clients.Retire(replaced);
            }

            RenewNext();
        }

        if (end)
        {
            pool.End(replaced!);
        }

        if (stopped)
        {
            _ = isolate.StopAsync(interrupt: true);
        }
    }

    private void Failed(Exception error, int generation, PoolSlot? replaced)
    {
        if (!_stopped)
        {
            logger.IsolateNotCreated(pool.Name, error);
        }

        lock (sync)
        {
            _making.Remove(generation);
            // It goes on meanwhile, and the next lease that comes back tries again.
            replaced?.Recycling = false;
            if (slots.Count == 0 && _making.Count == 0)
            {
                // Nobody is left who could serve them.
                queue.Fail(error);
            }
        }
    }
}
