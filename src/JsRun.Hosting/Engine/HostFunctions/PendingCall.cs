using JsRun.Bindings;
using JsRun.Engine.Contexts;
using JsRun.Engine.Operations;
using JsRun.Scheduling;

namespace JsRun.Engine.HostFunctions;

/// <summary>A call of a host function that answers later: its task ends anywhere, and comes back as a message.</summary>
internal sealed class PendingCall(HostCallPort calls, V8Context context, int id, Operation? operation, HostFunction function, Task<object?> task) : IWorkItem
{
    public int Id { get; } = id;

    public Operation? Operation { get; } = operation;

    public HostFunction Function { get; } = function;

    public Task<object?> Task { get; } = task;

    public void Start() => Task.ContinueWith(static (_, call) => ((PendingCall)call!).Post(), this, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);

    void IWorkItem.Run() => calls.Complete(this);

    void IWorkItem.Drop() => _ = Task.Exception;

    private void Post() => context.Post(this);
}
