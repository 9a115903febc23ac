using JsRun.Diagnostics;
using JsRun.Engine;

namespace JsRun.Runtime;

/// <summary>What a runtime has: its context with what is kept for it, and its numbers. Held by whoever collects metrics, and so it does not know the runtime.</summary>
internal sealed class RuntimeHoldings(V8Context context, RuntimeCounters counters, FunctionReferences functions)
{
    public FunctionReferences Functions { get; } = functions;

    public IdleWatch Idle { get; } = new(context);

    /// <summary>From any thread.</summary>
    public JsRuntimeStats ReadStats() => counters.Read() with
    {
        ActiveTimers = context.Timers.TimeoutCount,
        ActiveIntervals = context.Timers.IntervalCount,
        ActiveAsyncOperations = context.PendingCalls,
        OpenResources = context.Bodies.Open,
        ActiveFunctions = Functions.Count,
    };
}
