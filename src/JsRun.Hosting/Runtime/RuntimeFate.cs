namespace JsRun.Runtime;

/// <summary>
/// How a runtime ended: the first ending counts. Known to the isolate as well as to the runtime, which is to be collectable while its isolate lives. Thread-safe.
/// </summary>
internal sealed class RuntimeFate
{
    private Func<Exception>? _ending;

    public JsRuntimeState State { get; private set; }

    /// <summary>Ends it, unless it has ended.</summary>
    /// <param name="state">The state that it comes to.</param>
    /// <param name="ending">Makes what callers are told from now on, a new exception each time.</param>
    /// <returns>Whether it did.</returns>
    public bool TryEnd(JsRuntimeState state, Func<Exception> ending)
    {
        if (Interlocked.CompareExchange(ref _ending, ending, null) is not null)
        {
            // What was terminated is disposed of in the end, and goes on to tell why it was terminated.
            State = state == JsRuntimeState.Disposed ? state : State;
            return false;
        }

        State = state;
        return true;
    }

    /// <summary>For members that do nothing in a runtime that has ended.</summary>
    public void ThrowIfEnded()
    {
        if (Ending is { } ending)
        {
            throw ending;
        }
    }

    /// <summary>What a caller is told, or <see langword="null"/> while it runs.</summary>
    public Exception? Ending => Volatile.Read(ref _ending)?.Invoke();
}
