using JsRun.Engine.Contexts;
using JsRun.Engine.Operations;
using JsRun.Scheduling;

namespace JsRun.Engine.Web;

/// <summary>A call of the application's cache store: posted out to the thread pool, and back as a message.</summary>
internal sealed class CacheCall(CachePort port, V8Context context, Operation? operation, int id, CacheQuestion question) : IWorkItem
{
    public int Id { get; } = id;

    /// <summary>On whose behalf the store is called.</summary>
    public Operation? Operation { get; } = operation;

    /// <summary>The store's answer, unless there is an <see cref="Error"/>.</summary>
    public CacheAnswer Answer { get; private set; }

    public Exception? Error { get; private set; }

    /// <summary>Calls the store in the execution context of the script's caller.</summary>
    public void Start() => context.Tell("the cache store", Operation, () => RunAsync().Forget(context.Isolate.Services.Logger));

    void IWorkItem.Run() => port.Done(this);

    void IWorkItem.Drop()
    {
    }

    private async Task RunAsync()
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(context.Closing, Operation?.CallsToken ?? CancellationToken.None);
        // The store is the application's, and takes what time it likes: never on the isolate's thread.
        await Task.Yield();
        try
        {
            Answer = await question(either.Token).ConfigureAwait(false);
        }
        catch (Exception e)
        {
            Error = e;
        }

        context.Post(this);
    }
}
