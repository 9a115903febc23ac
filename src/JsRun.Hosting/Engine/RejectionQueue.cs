using Microsoft.ClearScript;
using Microsoft.ClearScript.V8;

namespace JsRun.Engine;

/// <summary>
/// What V8 says of a context's rejected promises, kept until the turn is over: its callback must not enter JavaScript. The objects are handles to be handed back, never read.
/// </summary>
internal sealed class RejectionQueue(V8Context context)
{
    // More in one turn is an attack on the host's memory: the rest is not told.
    private const int Most = 1000;

    private readonly Queue<(EntryOp Op, ScriptObject Promise, object? Reason, Operation? Operation)> _queue = new();

    public bool IsEmpty => _queue.Count == 0;

    public void Add(V8PromiseRejectionEventKind kind, ScriptObject promise, object? reason)
    {
        var op = kind switch
        {
            V8PromiseRejectionEventKind.RejectedWithoutHandler => EntryOp.PromiseRejected,
            V8PromiseRejectionEventKind.HandlerAddedAfterRejection => EntryOp.PromiseHandled,
            _ => (EntryOp?)null,
        };
        if (op is null || _queue.Count >= Most)
        {
            promise.Dispose();
            (reason as IDisposable)?.Dispose();
            return;
        }

        _queue.Enqueue((op.Value, promise, reason, context.Current));
    }

    /// <summary>Tells the context. On the isolate's thread, outside of any entry.</summary>
    public void Tell()
    {
        for (var count = _queue.Count; count > 0 && _queue.TryDequeue(out var item); count--)
        {
            if (item.Op == EntryOp.PromiseRejected)
            {
                context.Enter(item.Operation, item.Op, item.Promise, item.Reason);
            }
            else
            {
                context.Enter(item.Operation, item.Op, item.Promise);
            }

            item.Promise.Dispose();
            (item.Reason as IDisposable)?.Dispose();
        }
    }
}
