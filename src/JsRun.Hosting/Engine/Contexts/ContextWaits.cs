using JsRun.Engine.Operations;

namespace JsRun.Engine.Contexts;

/// <summary>What the operations of a context wait for, and who wants to know when they have run as far as they can. On the isolate's thread.</summary>
internal sealed class ContextWaits(V8Context context)
{
    private static readonly TimeSpan LastWords = TimeSpan.FromSeconds(1);

    private readonly List<RequestOperation> _watched = [];

    /// <summary>Whether nothing that the host knows of can set JavaScript going any more, but for a new operation.</summary>
    public bool IsQuiet => context.Loads.Count == 0 && context.Timers.Count == 0 && !context.Ports.IsAwaited && !context.Bodies.IsAwaited
        && context.Streams.IsIdle && context.NativeContext is not { HasMicrotasks: true };

    /// <summary>Whether an operation waits for nothing of its own, intervals and what others send it aside.</summary>
    public bool IsDoneFor(Operation operation) => context.Loads.Count == 0 && operation.Timeouts == 0 && !context.Bodies.IsAwaitedFor(operation)
        && !context.Ports.IsAwaitedFor(operation);

    /// <summary>Whatever waits in JavaScript for something of an operation that has ended gets an error.</summary>
    public void Reject(Operation operation)
    {
        operation.CancelCalls();
        // What was cut has no limit left of its own.
        var behalf = operation.IsInterrupted ? new LeftoverOperation(operation.Name) { CpuLimit = LastWords } : operation;
        context.Ports.Reject(operation, behalf);
        context.Bodies.Reject(operation, behalf);
    }

    /// <summary>Has a request told of the end of each entry, whoever's it was, while it is in the context.</summary>
    public void Watch(RequestOperation operation)
    {
        if (!_watched.Contains(operation))
        {
            _watched.Add(operation);
        }
    }

    public void Unwatch(RequestOperation operation) => _watched.Remove(operation);

    /// <summary>An entry has ended, and is not within another. Those who are told only note what is to be done: nothing is entered or let go of here.</summary>
    public void TellWatched()
    {
        for (var i = 0; i < _watched.Count; i++)
        {
            _watched[i].EntryEnded();
        }
    }
}
