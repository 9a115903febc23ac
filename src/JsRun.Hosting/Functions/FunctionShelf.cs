namespace JsRun.Functions;

/// <summary>The contexts of one definition on one isolate: pristine ones that stand by, or the shared one. Used on the isolate's thread only.</summary>
internal sealed class FunctionShelf(FunctionIsolate isolate, EdgeFunctionDefinition definition, ContextCounter counter)
{
    // However many are taken at once: a burst that is longer is served by contexts made then.
    private const int MostStandby = 8;
    private const long LeastContextBytes = 256 * 1024;
    private static readonly TimeSpan Calm = TimeSpan.FromSeconds(10);

    // To read the heap's size takes V8 some time; what one context takes is known after a few.
    private const int MostMeasured = 8;

    private readonly Queue<FunctionContext> _standby = new();
    private FunctionContext? _shared;
    private int _target = 1;
    private long _lastTaken;
    private long _measured;

    /// <summary>What one of them takes of the heap, about.</summary>
    public long ContextBytes { get; private set; } = LeastContextBytes;

    public EdgeFunctionDefinition Definition { get; } = definition;

    public int Standby => _standby.Count;

    /// <summary>Gives a context to a request: one that stands by, else a new one.</summary>
    public FunctionContext Take()
    {
        if (Definition.Isolation == JsIsolation.Shared)
        {
            DropUnusable();

            return _shared ??= Create(cold: true);
        }

        _lastTaken = isolate.Engine.Services.Time.GetTimestamp();
        var taken = TakeStandby();
        if (_standby.Count == 0)
        {
            // More stand by where they are used up faster than they are made.
            _target = Math.Min(MostStandby, _target + 1);
        }

        return taken ?? Create(cold: true);
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

        if (_target > 1 && isolate.Engine.Services.Time.GetElapsedTime(_lastTaken) > Calm)
        {
            _target = 1;
        }

        if (_standby.Count > _target)
        {
            isolate.Discard(_standby.Dequeue().V8);
            return true;
        }

        // The first may always: without it every request would wait for its context.
        if (_standby.Count == _target || (_standby.Count > 0 && !isolate.HasRoom(ContextBytes)))
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
            isolate.Discard(context.V8);
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
            isolate.Engine.Scripts.Forget(module);
        }
    }

    private FunctionContext? TakeStandby()
    {
        while (_standby.TryDequeue(out var context))
        {
            if (!context.WasInterrupted)
            {
                return context;
            }

            Discard(context);
        }

        return null;
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

    private FunctionContext Create(bool cold = false)
    {
        var measures = _measured++ < MostMeasured;
        var before = measures ? isolate.Engine.UsedHeapBytes : 0;
        var context = new FunctionContext(isolate.Engine, Definition, Discard);
        counter.Made(context, cold);
        // Where V8 has collected garbage meanwhile there is nothing to learn.
        if (measures && isolate.Engine.UsedHeapBytes - before is var bytes and > LeastContextBytes)
        {
            ContextBytes = bytes;
        }

        return context;
    }

    private void Discard(FunctionContext context)
    {
        if (ReferenceEquals(_shared, context))
        {
            _shared = null;
        }

        isolate.Discard(context.V8);
    }
}
