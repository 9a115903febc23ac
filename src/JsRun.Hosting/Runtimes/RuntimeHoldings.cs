using JsRun.Diagnostics;
using JsRun.Engine.Contexts;

namespace JsRun.Runtimes;

/// <summary>What a runtime has: its context with what is kept for it, and its numbers. The metrics hold a reference to it, so it has none to the runtime.</summary>
internal sealed class RuntimeHoldings(V8Context context, RuntimeCounters counters, FunctionReferences functions, WeakReference<IJsRuntime> runtime)
{
    public FunctionReferences Functions { get; } = functions;

    public IdleWatch Idle { get; } = new(context);

    public RuntimeHold Hold { get; } = new(context, runtime);

    /// <summary>Nothing is waited for any more. On the isolate's thread.</summary>
    public void Stop()
    {
        Idle.Stop();
        Hold.Stop();
    }

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
