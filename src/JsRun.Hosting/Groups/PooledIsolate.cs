using System.Collections.Concurrent;
using System.Diagnostics;
using JsRun.Engine.Contexts;
using JsRun.Engine.Isolates;
using JsRun.Engine.Operations;
using JsRun.Engine.Scripts;
using JsRun.Functions;
using JsRun.Pooling;
using JsRun.Scheduling;

namespace JsRun.Groups;

/// <summary>A pooled isolate with the contexts of its group's functions.</summary>
internal sealed class PooledIsolate : IPooledIsolate
{
    // A loop that has been in one turn for longer gets no new lease.
    private static readonly TimeSpan LongTurn = TimeSpan.FromMilliseconds(10);

    // What has served waits for a moment without requests to be disposed of, but not for ever.
    private const int MostDiscarded = 4;

    // The part of the heap that contexts that stand by may take.
    private const int StandbyShare = 4;

    // Beyond that part of the heap nothing is made in advance, and a request that needs a context of its own goes elsewhere while others run here.
    private const double HighShare = 0.75;

    // A collection takes V8 long where much lives: so often for a request, and so often for what may stand by.
    private static readonly TimeSpan CollectAtOnce = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan CollectCalmly = TimeSpan.FromSeconds(10);

    private readonly Dictionary<EdgeFunctionDefinition, StandbyContexts> _shelves = new(ReferenceEqualityComparer.Instance);
    private readonly Queue<V8Context> _discarded = new();
    private readonly RecentFunctions _recent;
    private readonly HeapGrowth _growth;
    private readonly ContextCounter _counter;
    private readonly ConcurrentDictionary<FunctionInvocation, bool> _leaving = [];
    private volatile bool _draining;
    private long? _collected;
    private long _restoreTicks;

    public PooledIsolate(V8Isolate isolate, IsolatePool<PooledIsolate> pool, RecentFunctions recent, ContextCounter counter)
    {
        Isolate = isolate;
        _recent = recent;
        _counter = counter;
        _growth = new HeapGrowth(isolate);
        isolate.TurnEnded = _ => pool.TurnEnded();
        isolate.Lost = (_, quarantined) => pool.Lose(this, quarantined);
        isolate.Recovered = _ => pool.Recover();
        isolate.Chore = DoChore;
    }

    public V8Isolate Isolate { get; }

    public string Name => Isolate.Name;

    public int Backlog => Isolate.Backlog;

    /// <summary>The least time that it took to restore a context from a heap image, or <see langword="null"/> if none was. From any thread.</summary>
    public TimeSpan? RestorePrice => Interlocked.Read(ref _restoreTicks) is > 0 and var ticks ? TimeSpan.FromTicks(ticks) : null;

    public bool IsBusy => Isolate.IsLost || Isolate.Entries.IsBusyFor(LongTurn);

    public bool NeedsReplacement => _growth.NeedsReplacement;

    public Task StopAsync(bool interrupt) => Isolate.StopAsync(interrupt);

    public void AbortAll() => ForAll(static i => i.Ending.Cancel(AbortKind.Stopping));

    /// <summary>The host has begun to stop: requests are told, and go on. From any thread.</summary>
    public void TellOfStop() => ForAll(static i => i.Ending.TellOfStop());

    /// <summary>No request comes any more: what only cleans up is ended, and nothing waits for what no other request settles. From any thread.</summary>
    public void Drain()
    {
        _draining = true;
        foreach (var invocation in _leaving.Keys)
        {
            invocation.Ending.StopCleaningUp();
        }

        ForAll(static i => i.Ending.Drain());
    }

    /// <summary>Keeps a request whose client has left until it is forgotten. From any thread.</summary>
    /// <returns>Whether it may clean up.</returns>
    public bool Leave(FunctionInvocation invocation)
    {
        _leaving.TryAdd(invocation, true);
        return !_draining;
    }

    /// <summary>It has ended. From any thread.</summary>
    public void Forget(FunctionInvocation invocation) => _leaving.TryRemove(invocation, out _);

    /// <summary>New isolates have a context of it stand by.</summary>
    public void Remember(EdgeFunctionDefinition definition) => _recent.Add(definition);

    /// <summary>Makes a context of it stand by, if there is room. From any thread.</summary>
    public Task PrepareAsync(EdgeFunctionDefinition definition)
    {
        var item = new TaskItem(() => Prepare(definition), () => new JsTerminatedException($"The isolate '{Name}' was stopped while a context of {definition.Name} was made."));
        Isolate.Post(item);
        return item.Done;
    }

    /// <summary>On the isolate's thread.</summary>
    public StandbyContexts ShelfOf(EdgeFunctionDefinition definition)
    {
        if (!_shelves.TryGetValue(definition, out var shelf))
        {
            shelf = new StandbyContexts(this, definition, _counter);
            _shelves.Add(definition, shelf);
        }

        return shelf;
    }

    /// <summary>From any thread: the definition has been replaced or removed.</summary>
    public void Retire(EdgeFunctionDefinition definition) => Isolate.Post(new ActionItem(() =>
    {
        if (_shelves.Remove(definition, out var shelf))
        {
            shelf.Retire();
        }

        Forget(definition);
    }));

    /// <summary>
    /// Whether a request for the function can begin here. Where the heap is full, what stands by goes; and if what runs here takes the room, the request is to begin elsewhere.
    /// On the isolate's thread.
    /// </summary>
    public bool MakeRoom(EdgeFunctionDefinition definition)
    {
        if (ShelfOf(definition).IsStocked || !IsHeapHigh)
        {
            return true;
        }

        while (LeastRecent(static _ => true) is { } shelf)
        {
            shelf.Drop();
        }

        while (_discarded.TryDequeue(out var context))
        {
            Isolate.DisposeContext(context);
        }

        return !StaysHigh(CollectAtOnce) || !Isolate.Contexts.Any(static c => c.Operations.Any(static o => o is FunctionInvocation));
    }

    /// <summary>A context that has served: it does nothing any more, and goes when there is time.</summary>
    public void Discard(V8Context context)
    {
        context.Close();
        if (context.Memory is { HasMemories: true } or { HasOutgrown: true })
        {
            Isolate.DisposeContext(context);
            return;
        }

        _discarded.Enqueue(context);
        if (_discarded.Count > MostDiscarded)
        {
            Isolate.DisposeContext(_discarded.Dequeue());
        }
    }

    /// <summary>Makes the isolate warm: the web layer is there, and a context of each function that was in use of late stands by.</summary>
    public Task WarmAsync(ContextOptions options)
    {
        var item = new TaskItem(() => Warm(options), () => new JsTerminatedException($"The isolate '{Name}' was stopped while it was warmed."));
        Isolate.Post(item);
        return item.Done;
    }

    private void ForAll(Action<FunctionInvocation> action) => Isolate.Post(new ActionItem(() =>
    {
        foreach (var invocation in Isolate.Contexts.SelectMany(static c => c.Operations).OfType<FunctionInvocation>().ToArray())
        {
            action(invocation);
        }
    }));

    /// <summary>A context was restored from a heap image. On the isolate's thread.</summary>
    public void Restored(TimeSpan elapsed)
    {
        if (_restoreTicks == 0 || elapsed.Ticks < _restoreTicks)
        {
            Interlocked.Exchange(ref _restoreTicks, elapsed.Ticks);
        }
    }

    private void Warm(ContextOptions options)
    {
        for (var i = 0; i < 2; i++)
        {
            // The second shows how long it takes once V8 has what it needs.
            var began = Stopwatch.GetTimestamp();
            Isolate.DisposeContext(Isolate.CreateContext(options));
            if (Isolate.Image is null)
            {
                break;
            }

            Restored(Stopwatch.GetElapsedTime(began));
        }

        if (Isolate.Image is null && Bundles.Runtime.Cache is null)
        {
            // Its first context has compiled the web layer: the code goes to the next isolates.
            Isolate.Scripts.TakeCodeCache(Bundles.Runtime);
        }

        foreach (var definition in _recent.Take())
        {
            ShelfOf(definition).Refill();
            if (IsHeapHigh)
            {
                break;
            }
        }
    }

    private bool IsHeapHigh => Isolate.UsedHeapBytes > Isolate.MaxHeapBytes * HighShare;

    // It may be garbage only: contexts that were disposed of.
    private bool StaysHigh(TimeSpan collectEvery)
    {
        var time = Isolate.Services.Time;
        if (_collected is { } last && time.GetElapsedTime(last) < collectEvery)
        {
            return IsHeapHigh;
        }

        _collected = time.GetTimestamp();
        Isolate.CollectGarbage();
        return IsHeapHigh;
    }

    private void Prepare(EdgeFunctionDefinition definition)
    {
        try
        {
            if (!IsHeapHigh && ShelfOf(definition) is { IsWanting: true } shelf)
            {
                shelf.Refill();
            }
        }
        catch (Exception e)
        {
            Isolate.Entries.LoseIfFatal(e, definition.Name);
        }
    }

    // Off the request path: one context at a time, so that a request never waits for more than one.
    private bool DoChore()
    {
        try
        {
            return DropOne() || Refill(static s => s.Standby == 0) || DisposeOne() || Refill(static _ => true);
        }
        catch (Exception e)
        {
            Isolate.Entries.LoseIfFatal(e, "contexts that stand by");
            return false;
        }
    }

    private bool DisposeOne()
    {
        if (!_discarded.TryDequeue(out var context))
        {
            return false;
        }

        Isolate.DisposeContext(context);
        _growth.Sample();
        return true;
    }

    // What stands by is bounded by use and by the heap.
    private bool DropOne()
    {
        var bytes = 0L;
        var standby = 0;
        foreach (var shelf in _shelves.Values)
        {
            if (shelf.Definition.IsRetired)
            {
                // A request that had waited for its lease came after the definition was replaced.
                _shelves.Remove(shelf.Definition);
                shelf.Retire();
                Forget(shelf.Definition);
                return true;
            }

            if (shelf.HasSurplus)
            {
                shelf.Drop();
                return true;
            }

            if (shelf.IsForgotten)
            {
                _shelves.Remove(shelf.Definition);
            }

            bytes += shelf.StandbyBytes;
            standby += shelf.Standby;
        }

        if (standby < 2 || bytes <= Isolate.MaxHeapBytes / StandbyShare || LeastRecent(static s => s.Standby > 0) is not { } least)
        {
            return false;
        }

        least.Drop();
        return true;
    }

    // The first to be called is the likeliest to be called again.
    private bool Refill(Predicate<StandbyContexts> wanted)
    {
        StandbyContexts? most = null;
        var bytes = 0L;
        foreach (var shelf in _shelves.Values)
        {
            bytes += shelf.StandbyBytes;
            if (shelf.IsWanting && wanted(shelf) && (most is null || shelf.LastUsed > most.LastUsed))
            {
                most = shelf;
            }
        }

        if (most is null || (IsHeapHigh && StaysHigh(CollectCalmly)))
        {
            return false;
        }

        // Where nothing stands by at all, one may, however large.
        if (most.Definition.SharesContext || bytes == 0 || bytes + most.ContextBytes <= Isolate.MaxHeapBytes / StandbyShare)
        {
            most.Refill();
            return true;
        }

        // Not for one that is called all the time as well: they would take each other's place with every request.
        if (most.Standby > 0 || LeastRecent(static s => s.Standby > 0 && s.IsCalm) is not { } least || least.LastUsed >= most.LastUsed)
        {
            return false;
        }

        least.Drop();
        return true;
    }

    private StandbyContexts? LeastRecent(Predicate<StandbyContexts> which)
    {
        StandbyContexts? least = null;
        foreach (var shelf in _shelves.Values)
        {
            if (shelf.CanDrop && which(shelf) && (least is null || shelf.LastUsed < least.LastUsed))
            {
                least = shelf;
            }
        }

        return least;
    }

    private void Forget(EdgeFunctionDefinition definition)
    {
        foreach (var module in definition.Graph.Functions)
        {
            Isolate.Scripts.Forget(module);
        }
    }
}
