using JsRun.Engine.Contexts;
using JsRun.Groups;
using JsRun.Limits;
using JsRun.Scheduling;

namespace JsRun.Functions;

/// <summary>The first evaluation of a definition. What it made serves the first request.</summary>
internal sealed class FunctionProbe(PooledIsolate isolate, EdgeFunctionDefinition definition, Action isFull) : IWorkItem
{
    // While it runs its CPU time counts, not the clock: the machine may be busy. What blocks the thread uses no CPU, and ends here.
    private const int MostBlocked = 10;

    private readonly TaskCompletionSource _entered = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource<bool?> _result = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Ends when the top level has run as far as it can without waiting for anything, or will not be begun.</summary>
    public Task Entered => _entered.Task;

    /// <summary>Gets whether the function has a handler; <see langword="null"/> if it was not begun, because its isolate went or is busy. Fails with what its top level threw.</summary>
    public Task<bool?> Result => _result.Task;

    /// <summary>Gets what the top level has changed of the built-ins, if the context is watched and <see cref="Result"/> is there; <see langword="null"/> if that is not known.</summary>
    public BuiltinChanges? Changes { get; private set; }

    /// <summary>Gets how long the top level takes in a hardened context, once <see cref="Result"/> is there.</summary>
    public TimeSpan TopLevel { get; private set; }

    bool IWorkItem.CanMove => true;

    void IWorkItem.Run()
    {
        if (!isolate.MakeRoom(definition))
        {
            isFull();
            ((IWorkItem)this).Drop();
            return;
        }

        FunctionContext context;
        ITimer? blocked = null;
        try
        {
            blocked = isolate.Isolate.Services.Time.CreateGuardedTimer(this, static probe => probe.Interrupt(), definition.Limits.StartupTimeout * MostBlocked, Timeout.InfiniteTimeSpan);
            context = isolate.ShelfOf(definition).Probe();
        }
        catch (Exception e)
        {
            _result.TrySetException(isolate.Isolate.Entries.LoseIfFatal(e, definition.Name));
            _entered.TrySetResult();
            return;
        }
        finally
        {
            blocked?.Dispose();
        }

        FollowAsync(context).Forget(isolate.Isolate.Services.Logger);
        if (context.Ready.IsCompletedSuccessfully)
        {
            foreach (var module in definition.Graph.Functions)
            {
                if (module.Cache is null)
                {
                    isolate.Isolate.Scripts.TakeCodeCache(module);
                }
            }
        }

        _entered.TrySetResult();
    }

    void IWorkItem.Drop()
    {
        _result.TrySetResult(null);
        _entered.TrySetResult();
    }

    /// <summary>It takes too long: what runs is interrupted, what waits is thrown away.</summary>
    public void Abandon()
    {
        Interrupt();
        isolate.Retire(definition);
    }

    private void Interrupt() => isolate.Isolate.Entries.InterruptStartup(definition.Name, InterruptReason.Timeout);

    private void Examine(FunctionContext context)
    {
        if (definition.IsHardened)
        {
            TopLevel = context.MeasureTopLevel();
        }
        else
        {
            Changes = context.Compare();
        }
    }

    private async Task FollowAsync(FunctionContext context)
    {
        try
        {
            var handles = await context.Ready.ConfigureAwait(false);
            if (handles && (definition.IsHardened || definition.Context.IsWatched))
            {
                var examination = new TaskItem(() => Examine(context), static () => new JsIsolateLostException("The isolate was lost while the function was examined."));
                isolate.Isolate.Post(examination);
                await examination.Done.ConfigureAwait(false);
            }

            if (handles)
            {
                // Not before: each new isolate would evaluate what may be broken.
                isolate.Remember(definition);
            }

            _result.TrySetResult(handles);
        }
        catch (Exception e)
        {
            _result.TrySetException(e);
        }
    }
}
