namespace JsRun.Runtimes;

/// <summary>
/// How a runtime ended: the first ending counts. Known to the isolate as well as to the runtime, which is to be collectable while its isolate lives. Thread-safe.
/// </summary>
internal sealed class RuntimeFate
{
    /// <summary>The reason for a termination without a given reason.</summary>
    public const string ByHost = "Terminated by host request";

    private Func<Exception>? _ending;

    public JsRuntimeState State { get; private set; }

    /// <summary>What is told of a runtime that was disposed of.</summary>
    public static Exception Closed() => new ObjectDisposedException(nameof(IJsRuntime), "Runtime has been closed");

    /// <summary>What is told of a runtime that was terminated.</summary>
    public static Func<Exception> Terminated(string reason) => () => new JsTerminatedException($"The runtime accepts no more calls: {reason}") { Reason = reason };

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

    /// <summary>For when its script is stopped, and the context with it: takes what whoever had it run is told, and gives what everybody else is told.</summary>
    /// <param name="rented">Whether others like it go on after that.</param>
    public Func<Exception, Exception> EndBy(bool rented) => cause =>
    {
        var advice = rented ? " A rented runtime ends with that: rent another one, or use IJsRuntimeFactory.CreateAsync, whose runtimes go on." : "";
        TryEnd(JsRuntimeState.Terminated, () => cause is JsMemoryLimitException
            ? new JsMemoryLimitException(cause.Message, cause)
            : new JsTerminatedException($"The runtime accepts no more calls, because its script had to be stopped: {cause.Message}{advice}", cause));
        return Ending!;
    };

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
