using JsRun.Engine.Contexts;
using JsRun.Scheduling;

namespace JsRun.Runtimes;

/// <summary>Begins one execution, on the isolate's thread.</summary>
internal sealed class ExecutionItem(RuntimeExecutor executor, EvaluationOperation operation, Action<V8Context, EvaluationOperation> start, bool isSync) : IWorkItem
{
    public void Run()
    {
        if (operation.IsCompleted)
        {
            return;
        }

        if (executor.Fate.Ending is { } ending)
        {
            operation.Fail(ending);
            return;
        }

        var context = executor.Context!;
        try
        {
            executor.Hold.Take(executor.Owner);
            operation.Start(context);
            start(context, operation);
            if (isSync)
            {
                operation.FailPending();
            }
        }
        catch (Exception e)
        {
            operation.Fail(e);
        }
        finally
        {
            if (operation.IsCompleted)
            {
                // It may have been given up before it was known here.
                context.Forget(operation);
            }
        }
    }

    public void Drop() => operation.Fail(executor.Fate.Ending ?? executor.Gone());
}
