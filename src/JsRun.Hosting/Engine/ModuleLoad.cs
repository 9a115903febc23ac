using JsRun.Scheduling;

namespace JsRun.Engine;

/// <summary>A dynamic import that the graph did not hold: loaded on the thread pool, added on the isolate's thread. Given up when its operation is, or its context.</summary>
internal sealed class ModuleLoad(V8Context context, Operation operation, int call) : IWorkItem
{
    private ScriptGraph? _graph;
    private Exception? _error;

    public async Task RunAsync(string specifier, string referrer, string? type)
    {
        context.Loads++;
        using var either = CancellationTokenSource.CreateLinkedTokenSource(context.Closing, operation.CallsToken);
        var cancellation = either.Token;
        // Resolvers and loaders are the embedder's, and take what time they like: never on the isolate's thread.
        await Task.Yield();
        try
        {
            _graph = context.Options.Modules is { } modules
                ? await modules.LoadAsync(specifier, referrer, type, cancellation).ConfigureAwait(false)
                : throw new JsModuleException($"Cannot import '{specifier}' from {referrer}: this runtime loads no modules.");
        }
        catch (OperationCanceledException e) when (cancellation.IsCancellationRequested)
        {
            _error = new JsModuleException($"The import of '{specifier}' was given up: what it was for timed out, was cancelled, or has ended.", e);
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            _error = e;
        }

        context.Post(this);
    }

    void IWorkItem.Run()
    {
        context.Loads--;
        if (!context.IsOpen)
        {
            return;
        }

        var added = false;
        try
        {
            added = _graph is not null && context.AddModules(operation, _graph);
        }
        catch (JsModuleException e)
        {
            _error = e;
        }

        if (added)
        {
            context.Enter(operation, EntryOp.ModuleLoaded, call, _graph!.EntryUrl);
        }
        else if (_error is not null)
        {
            context.Enter(operation, EntryOp.ModuleLoaded, call, null, _error.Message, _error is JsModuleException { IsSyntax: true });
        }
    }

    void IWorkItem.Drop()
    {
    }
}
