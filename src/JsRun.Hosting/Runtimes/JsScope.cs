using JsRun.Runtimes;

namespace JsRun;

/// <summary>A stretch of code with a default runtime of its own (<see cref="Js.BeginScope"/>). Disposing of it ends the runtime and brings back what was the default before.</summary>
/// <remarks>Thread-safe; the second disposal does nothing.</remarks>
public sealed class JsScope : IAsyncDisposable, IDisposable
{
    private readonly DefaultSlot _slot;
    private readonly Action _leave;
    private int _left;

    internal JsScope(DefaultSlot slot, Action leave)
    {
        _slot = slot;
        _leave = leave;
    }

    /// <summary>The scope's runtime, made when first asked for.</summary>
    /// <exception cref="ObjectDisposedException">The scope has ended.</exception>
    public IJsRuntime Runtime => _slot.Get();

    /// <summary>Ends the scope and its runtime.</summary>
    /// <returns>A task that ends with the runtime.</returns>
    public ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _left, 1) != 0)
        {
            return ValueTask.CompletedTask;
        }

        // Here and not in an asynchronous method, whose changes of the flow would not reach the caller.
        _leave();
        return _slot.CloseAsync(forGood: true);
    }

    /// <summary>Ends the scope and its runtime, while the calling thread waits.</summary>
    public void Dispose() => DisposeAsync().AsTask().GetAwaiter().GetResult();
}
