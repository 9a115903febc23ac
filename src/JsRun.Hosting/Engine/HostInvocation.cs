using JsRun.Bindings;
using JsRun.Scheduling;

namespace JsRun.Engine;

/// <summary>
/// One call of a host function, in the execution context of whoever had the script run: what it sets there ends with the call. It is also the synchronization context that the call runs in,
/// each call in its own: what it awaits goes on on the thread pool, even where another call completes that on the isolate's thread.
/// </summary>
internal sealed class HostInvocation(HostFunction function, JsHostCall call) : PoolSynchronizationContext
{
    private static readonly ContextCallback Callback = static state => ((HostInvocation)state!).Invoke();

    private object? _answer;

    public object? Run(ExecutionContext? site)
    {
        if ((site ?? ExecutionContext.Capture()) is { } context)
        {
            // It puts back the thread's synchronization context as well.
            ExecutionContext.Run(context, Callback, this);
            return _answer;
        }

        var before = Current;
        try
        {
            Invoke();
            return _answer;
        }
        finally
        {
            SetSynchronizationContext(before);
        }
    }

    private void Invoke()
    {
        SetSynchronizationContext(this);
        _answer = function.Invoke(call);
    }
}
