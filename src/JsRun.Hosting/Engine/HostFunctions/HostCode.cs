using JsRun.Engine.Contexts;
using JsRun.Engine.Operations;
using JsRun.Scheduling;

namespace JsRun.Engine.HostFunctions;

/// <summary>
/// Code of the host's that JavaScript calls on the isolate's thread. It runs in the execution context of the script's caller (<c>AsyncLocal</c>s, the activity, logging scopes): what it sets there ends
/// with it. It is also the synchronization context that it runs in, each call in its own: what it awaits goes on on the thread pool, even where another call completes that on the isolate's thread.
/// </summary>
internal abstract class HostCode : PoolSynchronizationContext
{
    private static readonly ContextCallback Callback = static state => ((HostCode)state!).Enter();

    /// <summary>For messages.</summary>
    public abstract string Name { get; }

    /// <param name="context">Whose JavaScript called.</param>
    /// <param name="operation">On whose behalf, if that is known.</param>
    public void Run(V8Context context, Operation? operation)
    {
        var entries = context.Isolate.Entries;
        var outer = entries.LeaveToHost(this, operation);
        try
        {
            Run(operation?.CallSite);
        }
        finally
        {
            entries.ReturnFromHost(outer);
        }
    }

    protected abstract void Call();

    private void Run(ExecutionContext? site)
    {
        if ((site ?? ExecutionContext.Capture()) is { } context)
        {
            // It puts back the thread's synchronization context as well.
            ExecutionContext.Run(context, Callback, this);
            return;
        }

        var before = Current;
        try
        {
            Enter();
        }
        finally
        {
            SetSynchronizationContext(before);
        }
    }

    private void Enter()
    {
        SetSynchronizationContext(this);
        Call();
    }
}
