using JsRun.Engine.Contexts;
using JsRun.Engine.Isolates;

namespace JsRun.Runtimes;

/// <summary>
/// Keeps a runtime from being collected while its context has something to do: a call that runs or waits, a timer, a host call. What is idle and has no reference left is finalised.
/// On the isolate's thread.
/// </summary>
internal sealed class RuntimeHold(V8Context context, WeakReference<IJsRuntime> runtime)
{
    // The ambient operation is always there.
    private const int NoExecutions = 1;

    // Reached from the isolate's thread, by the event.
    private IJsRuntime? _held;

    private bool IsBusy => context.IsOpen && (context.Operations.Count > NoExecutions || !context.IsIdle);

    /// <summary>Begins to watch the turns of the isolate's loop: whatever ends what the context has to do is part of one.</summary>
    public void Start() => context.Isolate.TurnEnded += Check;

    /// <summary>An execution begins: it holds the runtime to the end of the turn, and for longer if something is left to do then.</summary>
    /// <param name="owner">The runtime.</param>
    public void Take(IJsRuntime owner) => _held = owner;

    public void Stop()
    {
        context.Isolate.TurnEnded -= Check;
        _held = null;
    }

    private void Check(V8Isolate isolate)
    {
        // A function or a stream that .NET holds may have begun something beside the executions.
        var isBusy = IsBusy;
        if (isBusy != _held is not null)
        {
            _held = isBusy && runtime.TryGetTarget(out var target) ? target : null;
        }
    }
}
