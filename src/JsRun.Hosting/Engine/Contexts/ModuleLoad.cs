using JsRun.Diagnostics;
using JsRun.Engine.Crossing;
using JsRun.Engine.Isolates;
using JsRun.Engine.Operations;
using JsRun.Engine.Scripts;
using JsRun.Limits;
using JsRun.Modules;
using JsRun.Scheduling;

namespace JsRun.Engine.Contexts;

/// <summary>A dynamic import that the graph did not hold: loaded elsewhere, added on the isolate's thread. Given up when its operation is, or its context.</summary>
internal sealed class ModuleLoad(V8Context context, Operation operation, int call, ModuleRequest request, string referrer) : IWorkItem
{
    private readonly CpuBudget _budget = CpuBudget.Of(operation);
    private ScriptGraph? _graph;
    private Exception? _error;

    /// <summary>Gets whether it was not begun at all.</summary>
    public bool IsRefused { get; private set; }

    /// <summary>Resolvers and loaders run in the execution context of the script's caller.</summary>
    public void Start() => context.Tell("the module loader", operation, () => RunAsync().Forget(context.Isolate.Services.Logger));

    /// <summary>It is one too many.</summary>
    public void Refuse(JsModuleException error)
    {
        IsRefused = true;
        _error = error;
        context.Post(this);
    }

    private async Task RunAsync()
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(context.Closing, operation.CallsToken);
        var cancellation = either.Token;
        var specifier = request.Specifier;
        // Resolvers and loaders are the embedder's, and take what time they like: never on the isolate's thread.
        await Task.Yield();
        try
        {
            _graph = context.Options.Modules is { } modules
                ? await modules.LoadAsync(request, referrer, context.Loads.Known, _budget, cancellation).ConfigureAwait(false)
                : throw new JsModuleException($"Cannot import '{specifier}' from {referrer}: this runtime loads no modules.");
        }
        catch (OperationCanceledException e) when (cancellation.IsCancellationRequested)
        {
            _error = new JsModuleException($"The import of '{specifier}' was cancelled: the evaluation or request that it belongs to timed out, was cancelled, or has ended.", e);
        }
        catch (Exception e)
        {
            _error = e;
        }

        context.Post(this);
    }

    void IWorkItem.Run()
    {
        var added = false;
        try
        {
            added = context.IsOpen && _graph is not null && context.AddModules(operation, _graph);
        }
        catch (Exception e)
        {
            _error = e;
        }

        context.Loads.End(this);
        if (!context.IsOpen)
        {
            return;
        }

        if (operation.Charge(_budget.Spent))
        {
            operation.Fail(Endings.Interrupted(InterruptReason.CpuTime, operation));
            (operation as RequestOperation)?.Settled();
        }
        else if (added)
        {
            context.Enter(operation, EntryOp.ModuleLoaded, call, _graph!.EntryUrl);
        }
        else if (_error is not null)
        {
            context.Enter(operation, EntryOp.ModuleLoaded, call, null, Describe(_error), _error is JsModuleException { IsSyntax: true });
        }
    }

    void IWorkItem.Drop()
    {
    }

    private string Describe(Exception error)
    {
        var hidden = error is JsModuleException module ? module.ScriptMessage : $"The import failed: {error.GetType().Name}.";
        if (hidden is not null)
        {
            context.Isolate.Services.Logger.ImportFailed(operation.Name, operation.RequestId, error);
        }

        return hidden is null || context.Options.ExposeHostErrors ? ExceptionText.MessageOf(error) : hidden;
    }
}
