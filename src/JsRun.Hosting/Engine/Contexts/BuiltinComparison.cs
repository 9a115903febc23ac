using JsRun.Engine.Crossing;
using JsRun.Engine.Operations;

namespace JsRun.Engine.Contexts;

/// <summary>How a watched context is compared with what it was before scripts ran in it.</summary>
internal static class BuiltinComparison
{
    /// <summary>Finds what scripts have changed. On the isolate's thread, when nothing runs in the context.</summary>
    /// <param name="context">A watched context.</param>
    /// <param name="name">The function, for messages.</param>
    /// <param name="limit">The CPU time that the comparison may take.</param>
    /// <returns><see langword="null"/> if the context cannot tell: it was interrupted, or has no memory left.</returns>
    public static BuiltinChanges? CompareBuiltins(this V8Context context, string name, TimeSpan limit)
    {
        if (!context.Options.IsWatched || !context.IsOpen || context.Fate.IsInterrupted)
        {
            return null;
        }

        var comparison = new ComparisonOperation(name) { CpuLimit = limit };
        context.Add(comparison);
        try
        {
            return context.Enter(comparison, EntryOp.CompareBuiltins, comparison.Id) ? comparison.Changes : null;
        }
        finally
        {
            context.Forget(comparison);
        }
    }
}
