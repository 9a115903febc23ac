using JsRun.Limits;
using JsRun.Scheduling;

namespace JsRun.Functions;

/// <summary>The first evaluation of a definition. What it made serves the first request.</summary>
internal sealed class FunctionProbe(FunctionIsolate isolate, EdgeFunctionDefinition definition) : IWorkItem
{
    private readonly TaskCompletionSource<bool> _result = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Whether the function has a handler; fails with what its top level threw.</summary>
    public Task<bool> Result => _result.Task;

    void IWorkItem.Run()
    {
        FunctionContext context;
        try
        {
            context = isolate.ShelfOf(definition).Probe();
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            _result.TrySetException(isolate.Engine.Entries.LoseIfFatal(e, definition.Name));
            return;
        }

        _ = FollowAsync(context.Ready);
        if (context.Ready.IsCompletedSuccessfully)
        {
            foreach (var module in definition.Graph.Functions)
            {
                if (module.Cache is null)
                {
                    isolate.Engine.Scripts.TakeCodeCache(module);
                }
            }
        }
    }

    void IWorkItem.Drop() => _result.TrySetException(new JsIsolateLostException("The isolate was lost before the function was evaluated."));

    /// <summary>It takes too long: what runs is interrupted, what waits is thrown away.</summary>
    public void Abandon()
    {
        isolate.Engine.Entries.InterruptStartup(definition.Name, InterruptReason.Timeout);
        isolate.Retire(definition);
    }

    private async Task FollowAsync(Task<bool> ready)
    {
        try
        {
            _result.TrySetResult(await ready.ConfigureAwait(false));
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            _result.TrySetException(e);
        }
    }
}
