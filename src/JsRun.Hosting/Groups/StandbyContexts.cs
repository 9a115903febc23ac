using JsRun.Functions;

namespace JsRun.Groups;

/// <summary>The contexts of one definition on one isolate: pristine ones that stand by, or the shared one. Used on the isolate's thread only.</summary>
internal sealed class StandbyContexts(PooledIsolate isolate, EdgeFunctionDefinition definition, ContextCounter counter)
{
    // However many are taken at once: a burst that is longer is served by contexts made then.
    private const int MostStandby = 8;
    private const long LeastContextBytes = 256 * 1024;
    private static readonly TimeSpan Calm = TimeSpan.FromSeconds(10);

    // Nothing stands by any more for a function that nobody has called for that long.
    private static readonly TimeSpan Idle = TimeSpan.FromMinutes(1);

    // To read the heap's size takes V8 some time; what one context takes is known after a few.
    private const int MostMeasured = 8;

    private readonly Queue<(FunctionContext Context, long Bytes)> _standby = new();
    private FunctionContext? _shared;
    private int _target = 1;
    private int _measured;

    /// <summary>What one of them takes of the heap, about.</summary>
    public long ContextBytes { get; private set; } = LeastContextBytes;

    public EdgeFunctionDefinition Definition { get; } = definition;

    public int Standby => _standby.Count;

    /// <summary>What those that stand by take of the heap, about.</summary>
    public long StandbyBytes { get; private set; }

    /// <summary>The time of its last use, or of its deployment, by the isolate's clock.</summary>
    public long LastUsed { get; private set; } = isolate.Isolate.Services.Time.GetTimestamp();

    /// <summary>Gets whether it has nothing that stands by, and nobody has called it for long.</summary>
    public bool IsForgotten => _standby.Count == 0 && _shared is null && Target == 0;

    /// <summary>Gets whether a request finds a context.</summary>
    public bool IsStocked => _standby.Count > 0 || _shared is { Ready.IsFaulted: false, WasInterrupted: false };

    /// <summary>Gets whether a context is to be made in advance.</summary>
    public bool IsWanting => Definition.SharesContext
        // One whose top level failed would only fail again.
        ? Target > 0 && _shared is null or { WasInterrupted: true }
        : _standby.Count < Target;

    /// <summary>Gets whether more stand by than are needed now.</summary>
    public bool HasSurplus => _standby.Count > Target && CanDrop;

    /// <summary>Gets whether it has a context that is ready and that no request is in.</summary>
    public bool CanDrop => _standby.TryPeek(out var next) ? next.Context.Ready.IsCompleted : _shared is { Active: 0, Ready.IsCompleted: true };

    /// <summary>Gets whether nobody has called it for a moment.</summary>
    public bool IsCalm => Age > Calm;

    private TimeSpan Age => isolate.Isolate.Services.Time.GetElapsedTime(LastUsed);

    private int Target => Age > Idle ? 0 : IsCalm ? 1 : _target;

    /// <summary>Gives a context to a request: one that stands by, else a new one.</summary>
    public FunctionContext Take()
    {
        if (Definition.SharesContext)
        {
            DropUnusable();
            LastUsed = isolate.Isolate.Services.Time.GetTimestamp();
            return _shared ??= Create(cold: true);
        }

        if (IsCalm)
        {
            _target = 1;
            isolate.Remember(Definition);
        }

        LastUsed = isolate.Isolate.Services.Time.GetTimestamp();
        var taken = TakeStandby();
        if (_standby.Count == 0)
        {
            // More stand by where they are used up faster than they are made.
            _target = Math.Min(MostStandby, _target + 1);
        }

        return taken ?? Create(cold: true);
    }

    /// <summary>Makes one context for the requests to come.</summary>
    public void Refill()
    {
        if (Definition.SharesContext)
        {
            DropUnusable();
            _shared = Create();
            return;
        }

        Add(Create());
    }

    /// <summary>Throws away a context that no request is in.</summary>
    public void Drop()
    {
        if (_standby.Count > 0)
        {
            isolate.Discard(Remove().V8);
        }
        else if (_shared is { Active: 0 } idle)
        {
            Discard(idle);
        }
    }

    /// <summary>Makes a context now, for the deployment to look at.</summary>
    public FunctionContext Probe()
    {
        var context = Create();
        if (Definition.SharesContext)
        {
            _shared = context;
        }
        else
        {
            Add(context);
        }

        return context;
    }

    /// <summary>The definition has been replaced: what is idle goes now, what runs goes with its last request.</summary>
    public void Retire()
    {
        while (_standby.Count > 0)
        {
            Drop();
        }

        if (_shared is { } shared)
        {
            shared.Retired = true;
            if (shared.Active == 0)
            {
                Discard(shared);
            }
        }
    }

    private void Add(FunctionContext context)
    {
        _standby.Enqueue((context, ContextBytes));
        StandbyBytes += ContextBytes;
    }

    private FunctionContext Remove()
    {
        var (context, bytes) = _standby.Dequeue();
        StandbyBytes -= bytes;
        return context;
    }

    private FunctionContext? TakeStandby()
    {
        while (_standby.Count > 0)
        {
            var context = Remove();
            if (!context.WasInterrupted)
            {
                return context;
            }

            Discard(context);
        }

        return null;
    }

    // Its top level failed, or it was interrupted. Its requests have failed, and it is disposed of with the last.
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
        var before = measures ? isolate.Isolate.UsedHeapBytes : 0;
        var context = new FunctionContext(isolate.Isolate, Definition, Discard);
        counter.Made(context, cold);
        // Where V8 has collected garbage meanwhile there is nothing to learn.
        if (measures && isolate.Isolate.UsedHeapBytes - before is var bytes and > LeastContextBytes)
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
