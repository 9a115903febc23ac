using JsRun.Scheduling;

namespace JsRun.Runtimes;

/// <summary>
/// One flow's default runtime, made when first asked for, again after it was closed. The flow's execution contexts hold it; when the last of them is gone, the runtime is collected, and its
/// finaliser ends the isolate.
/// </summary>
internal sealed class DefaultSlot
{
    private readonly Lock _lock = new();
    private IJsRuntime? _runtime;
    private bool _ended;

    /// <summary>The runtime, if there is one that is open.</summary>
    public IJsRuntime? Current
    {
        get
        {
            lock (_lock)
            {
                return _runtime is { State: JsRuntimeState.Running } runtime ? runtime : null;
            }
        }
    }

    /// <summary>The runtime, made now where there is none.</summary>
    /// <exception cref="ObjectDisposedException">The scope has ended.</exception>
    public IJsRuntime Get()
    {
        lock (_lock)
        {
            ObjectDisposedException.ThrowIf(_ended, typeof(JsScope));
            if (_runtime is not { State: JsRuntimeState.Running })
            {
                // It has ended already: what is left is to let go of its isolate, of which nobody expects anything.
                EndAsync(_runtime).AsTask().Forget();
                _runtime = Create();
            }

            return _runtime;
        }
    }

    /// <summary>Ends the runtime.</summary>
    /// <param name="forGood">Whether no other is to be made.</param>
    public ValueTask CloseAsync(bool forGood)
    {
        IJsRuntime? runtime;
        lock (_lock)
        {
            _ended |= forGood;
            runtime = _runtime;
            _runtime = null;
        }

        return EndAsync(runtime);
    }

    private static IJsRuntime Create()
    {
        static Task<IJsRuntime> Begin() => Task.Run(DefaultRuntimes.CreateAsync);

        if (ExecutionContext.IsFlowSuppressed())
        {
            return Begin().GetAwaiter().GetResult();
        }

        // The isolate's thread must not hold this flow's context, and with it this slot, for as long as it lives.
        using (ExecutionContext.SuppressFlow())
        {
            return Begin().GetAwaiter().GetResult();
        }
    }

    private static async ValueTask EndAsync(IJsRuntime? runtime)
    {
        if (runtime is not null)
        {
            await runtime.DisposeAsync().ConfigureAwait(false);
        }
    }
}
