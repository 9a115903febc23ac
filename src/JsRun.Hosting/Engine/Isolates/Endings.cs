using JsRun.Engine.Operations;
using JsRun.Limits;
using JsRun.Options;

namespace JsRun.Engine.Isolates;

/// <summary>What an operation is told when it is ended before its time.</summary>
internal static class Endings
{
    private const string TooDeep = "Maximum call stack size exceeded";

    public static Exception Interrupted(InterruptReason reason, Operation? operation) => reason switch
    {
        InterruptReason.CpuTime or InterruptReason.Timeout when operation is StartupOperation => new JsTimeoutException($"The top level of '{operation.Name}' ran longer than {Key(operation, nameof(JsRunLimitsOptions.StartupTimeout))}.") { Limit = nameof(JsRunLimitsOptions.StartupTimeout) },
        InterruptReason.CpuTime => new JsTimeoutException($"'{operation?.Name}' used more CPU time than {Key(operation, nameof(JsRunLimitsOptions.CpuTime))} ({operation?.CpuLimit}).") { Limit = nameof(JsRunLimitsOptions.CpuTime) },
        InterruptReason.Timeout => new JsTimeoutException($"'{operation?.Name}' ran longer than {Key(operation, nameof(JsRunLimitsOptions.Timeout))}.") { Limit = nameof(JsRunLimitsOptions.Timeout) },
        InterruptReason.Leftover => new JsTimeoutException($"'{operation?.Name}' ran longer than {operation?.TurnLimit} in one turn of the event loop: the limit is JsRuntimeOptions.Timeout, or JsRun:Limits:Timeout for a rented runtime."),
        InterruptReason.Cancelled => new OperationCanceledException($"'{operation?.Name}' was cancelled."),
        _ => new JsTerminatedException($"'{operation?.Name}' was stopped: its isolate is shutting down."),
    };

    private static string Key(Operation? operation, string limit) => LimitKey.Of(operation?.Context?.Options.Group, limit);

    /// <summary>What a script is told that still wants something on behalf of a request that has ended.</summary>
    public const string RequestEnded = "The request that this belonged to has ended; give ctx.waitUntil what is to go on after the response";

    /// <summary>For a request whose handler waits for what nothing is left to bring about.</summary>
    public static JavaScriptException Stalled(string name) =>
        new($"'{name}' can never answer: its handler waits for a promise that nothing can settle, because its context has no timer, no host operation and no microtask left.");

    /// <summary>There was not even room for the script to say what happened.</summary>
    public static JavaScriptException StackOverflow(Exception? error = null) =>
        new($"RangeError: {TooDeep}", error) { Name = "RangeError", JsMessage = TooDeep };

    /// <summary>V8 itself threw, outside of all scripts.</summary>
    public static JavaScriptException Of(Exception error) =>
        error as JavaScriptException ?? (error.Message.Contains(TooDeep, StringComparison.Ordinal) ? StackOverflow(error) : new JavaScriptException(error.Message, error));

    /// <summary>For requests that shared an isolate with code that had to be stopped.</summary>
    public static JsIsolateLostException Neighbour() =>
        new("Another request on the same isolate had to be stopped, and this one was lost with it. It is safe to send it again if the request itself is.");

    public static JsMemoryLimitException BuffersOutgrown(Operation? operation, IsolateSettings settings) =>
        new($"'{operation?.Name}' holds more memory outside of V8's heap than {settings.BuffersKey} allows ({ByteText.Of(settings.MaxArrayBufferBytes)}): memories of WebAssembly have grown.") { Limit = nameof(JsRunLimitsOptions.MaxArrayBufferBytes) };

    public static JsMemoryLimitException OutOfMemory(Operation? operation, IsolateSettings settings, Exception? error = null) =>
        new($"Heap limit exceeded: '{operation?.Name}' exhausted the heap of its isolate: {settings.HeapKey} is {ByteText.Of(settings.MaxHeapBytes)}.", error);
}
