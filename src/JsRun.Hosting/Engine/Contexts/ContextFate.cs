using JsRun.Engine.Crossing;
using JsRun.Engine.Isolates;
using JsRun.Engine.Operations;
using JsRun.Limits;

namespace JsRun.Engine.Contexts;

/// <summary>What interrupts and exhausted heaps do to a context and to those that have something in it. On the isolate's thread.</summary>
internal sealed class ContextFate(V8Context context)
{
    /// <summary>Whether it was interrupted: what it was doing is half done, so nothing more is done in it.</summary>
    public bool IsLost { get; private set; }

    /// <summary>Whether something that ran in it was ended in its midst: those that are in it go on, and nobody else comes.</summary>
    public bool IsInterrupted => Interrupts > 0;

    /// <summary>How often that was.</summary>
    public int Interrupts { get; private set; }

    /// <summary>
    /// Called when the context of an embedder's runtime cannot go on because of what ran in it; returns what everybody else in it is told.
    /// <see langword="null"/> in the contexts of functions.
    /// </summary>
    public Func<Exception, Exception>? Ending { get; set; }

    /// <summary>What ran in it was interrupted. Whoever else has a request in it loses that.</summary>
    /// <param name="offender">The operation whose code ran.</param>
    /// <param name="ending">The exception that the operation ends with.</param>
    public void Lose(Operation? offender, Exception ending)
    {
        IsLost = true;
        offender?.Fail(ending);
        FailOthers(offender, ending);
    }

    /// <summary>It goes with what was interrupted in it. Whoever else has something in it is told.</summary>
    /// <param name="offender">The operation whose code ran.</param>
    /// <param name="ending">The exception that the operation ends with.</param>
    public void FailOthers(Operation? offender, Exception ending)
    {
        // All that runs in an embedder's runtime is its own.
        var told = Ending?.Invoke(ending);
        foreach (var operation in context.Operations.Where(o => !ReferenceEquals(o, offender)).ToArray())
        {
            operation.Fail(told ?? Endings.Neighbour());
        }
    }

    /// <summary>Ends an operation whose code was interrupted. All other operations continue.</summary>
    /// <param name="offender">The operation whose code ran.</param>
    /// <param name="reason">Why.</param>
    public void EndInterrupted(Operation offender, InterruptReason reason)
    {
        Interrupts++;
        // What it was about to hand over must not come before what the next one does.
        context.OpenedTransfer?.Clear();
        offender.Interrupt(reason);
        context.Enter(null, EntryOp.OperationInterrupted);
    }
}
