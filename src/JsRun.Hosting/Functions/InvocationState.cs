namespace JsRun.Functions;

/// <summary>
/// Where a request is on its way to its end. It has two parts: whether its caller still wants it, and how far its work is. Each method is one atomic transition, from any thread;
/// it returns whether this call has made it, so that one caller acts on it.
/// <list type="table">
/// <listheader><term>Method</term><description>Transition</description></listheader>
/// <item><term><see cref="TryLeave"/></term><description>wanted → left, unless it has finished</description></item>
/// <item><term><see cref="TryStop"/></term><description>wanted or left → stopped, even if it has finished: in <c>Shared</c> its timeouts live on</description></item>
/// <item><term><see cref="TryCleanUp"/></term><description>serving → cleaning up</description></item>
/// <item><term><see cref="TryEnd"/></term><description>serving or cleaning up → ending</description></item>
/// <item><term><see cref="TryFinish"/></term><description>serving, cleaning up or ending → finished</description></item>
/// </list>
/// </summary>
internal sealed class InvocationState
{
    private int _demand;
    private int _work;

    private enum Demand
    {
        // Its caller waits for it.
        Wanted,

        // Its caller has gone, and it may clean up.
        Left,

        // Its time is up, or the host stops: it is interrupted.
        Stopped,
    }

    private enum Work
    {
        Serving,

        // It knows that its caller has gone, and ends once nothing that it waits for remains.
        CleaningUp,

        // Its end is posted, for when nothing of it is on the stack.
        Ending,

        // Its lease is back.
        Finished,
    }

    public bool IsServing => Reached == Work.Serving;

    public bool IsCleaningUp => Reached == Work.CleaningUp;

    /// <summary>Whether its end is neither posted nor past.</summary>
    public bool GoesOn => Reached < Work.Ending;

    public bool IsFinished => Reached == Work.Finished;

    private Work Reached => (Work)Volatile.Read(ref _work);

    /// <summary>The caller has gone.</summary>
    public bool TryLeave() => !IsFinished && TryRaise(ref _demand, (int)Demand.Left);

    /// <summary>Its time is up, or the host stops.</summary>
    public bool TryStop() => TryRaise(ref _demand, (int)Demand.Stopped);

    /// <summary>It has been told that its caller has gone.</summary>
    public bool TryCleanUp() => TryRaise(ref _work, (int)Work.CleaningUp);

    /// <summary>It is to finish.</summary>
    public bool TryEnd() => TryRaise(ref _work, (int)Work.Ending);

    /// <summary>It gives its lease back.</summary>
    public bool TryFinish() => TryRaise(ref _work, (int)Work.Finished);

    // Both parts only ever go on to a later value, and each value may be skipped.
    private static bool TryRaise(ref int state, int to)
    {
        var before = Volatile.Read(ref state);
        while (before < to)
        {
            var seen = Interlocked.CompareExchange(ref state, to, before);
            if (seen == before)
            {
                return true;
            }

            before = seen;
        }

        return false;
    }
}
