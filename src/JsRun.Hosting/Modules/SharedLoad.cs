using JsRun.Modules.Graphs;
using JsRun.Scheduling;

namespace JsRun.Modules;

/// <summary>The loading of one module, which several imports may wait for. When the last of them gives up, it is cancelled.</summary>
internal sealed class SharedLoad
{
    private readonly Lock _lock = new();
    private readonly Action _cancel;
    private readonly Lazy<Task<ModuleDescription>> _task;
    private int _waiting;

    public SharedLoad(Func<CancellationToken, Task<ModuleDescription>> load)
    {
        var cancellation = new CancellationTokenSource();
        _cancel = cancellation.Cancel;
        _task = new Lazy<Task<ModuleDescription>>(() => load(cancellation.Token));
    }

    /// <summary>Returns whether it was given up, so that the next caller begins anew.</summary>
    public bool IsAbandoned { get; private set; }

    /// <summary>Gets whether it failed in a way that is not to be remembered.</summary>
    public bool CanRetry => _task is { IsValueCreated: true, Value: { IsCompleted: true, IsCompletedSuccessfully: false } task }
        && task.Exception?.InnerException is not JsModuleException { IsSyntax: true };

    /// <summary>Joins those who wait; false where all had given up already.</summary>
    public bool TryJoin()
    {
        lock (_lock)
        {
            if (IsAbandoned)
            {
                return false;
            }

            _waiting++;
            return true;
        }
    }

    /// <summary>Waits, after <see cref="TryJoin"/>.</summary>
    public async Task<ModuleDescription> WaitAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await _task.Value.WaitAsync(cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            Leave();
        }
    }

    private void Leave()
    {
        lock (_lock)
        {
            if (--_waiting > 0 || _task.Value.IsCompleted)
            {
                return;
            }

            IsAbandoned = true;
        }

        _cancel();
        // Nobody is there to see what becomes of it.
        _task.Value.Forget();
    }
}
