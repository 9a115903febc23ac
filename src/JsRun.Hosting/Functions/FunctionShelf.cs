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
            if (_shared is { Ready.IsFaulted: true })
            {
                Discard(_shared);
            }

            return _shared ??= Create();
        }

        if (_standby.TryDequeue(out var context))
        {
            return context;
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
            if (_shared is not null)
            {
                return false;
            }

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
