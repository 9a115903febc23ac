using JsRun.Engine;

namespace JsRun.Functions;

/// <summary>The contexts of one definition on one isolate: pristine ones that stand by, or the shared one. Used on the isolate's thread only.</summary>
internal sealed class FunctionShelf(V8Isolate isolate, EdgeFunctionDefinition definition)
{
    // Contexts that stand by at the most; each holds the web layer and the function's own state.
    private const int MostStandby = 4;

    private readonly Queue<FunctionContext> _standby = new();
    private FunctionContext? _shared;
    private int _target = 1;

    public EdgeFunctionDefinition Definition { get; } = definition;

    public int Standby => _standby.Count;

    /// <summary>Gives a context to a request: one that stands by, else a new one.</summary>
    public FunctionContext Take()
    {
        if (Definition.Isolation == JsIsolation.Shared)
        {
            DropUnusable();

            return _shared ??= Create();
        }

        while (_standby.TryDequeue(out var context))
        {
            if (!context.WasInterrupted)
            {
                return context;
            }

            Discard(context);
        }

        // More stand by where they are used up faster than one at a time.
        _target = Math.Min(MostStandby, _target + 1);
        return Create();
    }

    /// <summary>Makes one context for the requests to come, where there are fewer than wanted.</summary>
    /// <returns>Whether it made one.</returns>
    public bool Refill()
    {
        if (Definition.Isolation == JsIsolation.Shared)
        {
            // One whose top level failed would only fail again.
            if (_shared is { WasInterrupted: false })
            {
                return false;
            }

            DropUnusable();

            _shared = Create();
            return true;
        }

        if (_standby.Count >= _target)
        {
            return false;
        }

        _standby.Enqueue(Create());
        return true;
    }

    /// <summary>Makes a context now, for the deployment to look at.</summary>
    public FunctionContext Probe()
    {
        var context = Create();
        if (Definition.Isolation == JsIsolation.Shared)
        {
            _shared = context;
        }
        else
        {
            _standby.Enqueue(context);
        }

        return context;
    }

    /// <summary>The definition has been replaced: what is idle goes now, what runs goes with its last request.</summary>
    public void Retire()
    {
        while (_standby.TryDequeue(out var context))
        {
            isolate.DisposeContext(context.V8);
        }

        if (_shared is { } shared)
        {
            shared.Retired = true;
            if (shared.Active == 0)
            {
                Discard(shared);
            }
        }

        foreach (var module in Definition.Graph.Functions)
        {
            isolate.Scripts.Forget(module);
        }
    }

    // Its top level failed, or it was interrupted. The requests in it have been told, and the last takes it along.
    private void DropUnusable()
    {
        if (_shared is not ({ Ready.IsFaulted: true } or { WasInterrupted: true }))
        {
            return;
        }

        if (_shared.Active == 0)
        {
            Discard(_shared);
            return;
        }

        _shared.Retired = true;
        _shared = null;
    }

    private FunctionContext Create() => new(isolate, Definition, Discard);

    private void Discard(FunctionContext context)
    {
        if (ReferenceEquals(_shared, context))
        {
            _shared = null;
        }

        isolate.DisposeContext(context.V8);
    }
}
