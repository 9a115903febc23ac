using JsRun.Engine;
using JsRun.Pooling;
using JsRun.Scheduling;

namespace JsRun.Functions;

/// <summary>A pooled isolate with the contexts of its group's functions.</summary>
internal sealed class FunctionIsolate : IPooledIsolate
{
    // A loop that has been in one turn for longer gets no new lease.
    private static readonly TimeSpan LongTurn = TimeSpan.FromMilliseconds(10);

    private readonly Dictionary<EdgeFunctionDefinition, FunctionShelf> _shelves = new(ReferenceEqualityComparer.Instance);

    public FunctionIsolate(V8Isolate isolate, IsolatePool pool)
    {
        Engine = isolate;
        isolate.TurnEnded = _ => pool.TurnEnded();
        isolate.Lost = (_, quarantined) => pool.Lose(this, quarantined);
        isolate.Chore = DoChore;
    }

    public V8Isolate Engine { get; }

    public string Name => Engine.Name;

    public int Backlog => Engine.Backlog;

    public bool IsBusy => Engine.IsLost || Engine.IsBusyFor(LongTurn);

    public Task StopAsync(bool interrupt) => Engine.StopAsync(interrupt);

    public void AbortAll() => Engine.Post(new ActionItem(() =>
    {
        foreach (var operation in Engine.Contexts.SelectMany(c => c.Operations).OfType<FunctionInvocation>().ToArray())
        {
            operation.Cancel(AbortKind.Stopping);
        }
    }));

    /// <summary>On the isolate's thread.</summary>
    public FunctionShelf ShelfOf(EdgeFunctionDefinition definition)
    {
        if (!_shelves.TryGetValue(definition, out var shelf))
        {
            shelf = new FunctionShelf(Engine, definition);
            _shelves.Add(definition, shelf);
        }

        return shelf;
    }

    /// <summary>From any thread: the definition has been replaced or removed.</summary>
    public void Retire(EdgeFunctionDefinition definition) => Engine.Post(new ActionItem(() =>
    {
        if (_shelves.Remove(definition, out var shelf))
        {
            shelf.Retire();
        }
    }));

    /// <summary>Makes the isolate warm: its first context compiles the web layer, and leaves its code to the next isolates.</summary>
    public Task WarmAsync(ContextOptions options)
    {
        var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        Engine.Post(new ActionItem(
            () =>
            {
                try
                {
                    Engine.DisposeContext(Engine.CreateContext(options));
                    if (Bundles.Runtime.Cache is null)
                    {
                        Engine.Scripts.TakeCodeCache(Bundles.Runtime);
                    }

                    done.SetResult();
                }
                catch (Exception e) when (e is not OutOfMemoryException)
                {
                    done.SetException(e);
                }
            },
            () => done.TrySetException(new JsTerminatedException($"The isolate '{Name}' was stopped while it was warmed."))));
        return done.Task;
    }

    // Off the request path: one context at a time, so that a request never waits for more than one.
    private bool DoChore()
    {
        foreach (var shelf in _shelves.Values)
        {
            if (shelf.Definition.IsRetired)
            {
                // A request that had waited for its lease came after the definition was replaced.
                _shelves.Remove(shelf.Definition);
                shelf.Retire();
                return true;
            }

            try
            {
                if (shelf.Refill())
                {
                    return true;
                }
            }
            catch (Exception e) when (e is not OutOfMemoryException)
            {
                Engine.LoseIfFatal(e, shelf.Definition.Name);
                return false;
            }
        }

        return false;
    }
}
