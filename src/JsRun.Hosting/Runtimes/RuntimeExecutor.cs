using System.Collections.Concurrent;
using JsRun.Diagnostics;
using JsRun.Engine.Contexts;
using JsRun.Engine.Isolates;
using JsRun.Groups;
using JsRun.Limits;
using JsRun.Pooling;

namespace JsRun.Runtimes;

/// <summary>
/// Runs what callers ask of one runtime on its isolate's thread: synchronously or not, each with a clock and a cancellation of its own. Everything that runs interleaves. Thread-safe.
/// </summary>
internal sealed class RuntimeExecutor(V8Isolate isolate, RuntimeFate fate, RuntimeCounters counters, TimeSpan timeout, TimeSpan cpuLimit, PoolLease<PooledIsolate>? lease = null)
{
    private readonly ConcurrentDictionary<EvaluationOperation, bool> _live = [];

    /// <summary>The context in which it runs; made on the isolate's thread.</summary>
    public V8Context? Context { get; set; }

    public V8Isolate Isolate => isolate;

    public RuntimeFate Fate => fate;

    public RuntimeCounters Counters => counters;

    /// <summary>The runtime, which is not to be collected while something waits to be run.</summary>
    public IJsRuntime Owner { get; set; } = null!;

    /// <summary>Holds it from then on.</summary>
    public RuntimeHold Hold { get; set; } = null!;

    /// <summary>The most time that one execution may take, unless it is given its own.</summary>
    public TimeSpan Timeout => timeout;

    /// <summary>Runs something and waits for it in the background, its promise included.</summary>
    /// <param name="kind">What it is.</param>
    /// <param name="name">For stack traces and messages.</param>
    /// <param name="start">Begins it, on the isolate's thread.</param>
    /// <param name="limit">The most time it may take; <see langword="null"/> for the runtime's.</param>
    /// <param name="cancellationToken">Interrupts it.</param>
    public ValueTask<object?> RunAsync(JsExecutionKind kind, string name, Action<V8Context, EvaluationOperation> start, TimeSpan? limit, CancellationToken cancellationToken)
    {
        var operation = Create(kind, name, limit, cancellationToken);
        isolate.Post(new ExecutionItem(this, operation, start, isSync: false));
        return WaitAsync(operation, cancellationToken);
    }

    /// <summary>Runs something and blocks until it has ended. Called on the isolate's own thread, from a host function, it runs at once, nested.</summary>
    /// <exception cref="InvalidOperationException">It gave a promise that is pending.</exception>
    public object? Run(JsExecutionKind kind, string name, Action<V8Context, EvaluationOperation> start, TimeSpan? limit, CancellationToken cancellationToken)
    {
        var operation = Create(kind, name, limit, cancellationToken);
        var began = counters.Begin();
        try
        {
            return RunNow(operation, start, cancellationToken);
        }
        finally
        {
            counters.End(kind, began);
        }
    }

    /// <summary>Runs a short action that does not count as an execution, such as a binding. Blocks until it is done.</summary>
    public void Do(string name, Action<V8Context, EvaluationOperation> start) =>
        RunNow(Create(JsExecutionKind.Evaluate, name, System.Threading.Timeout.InfiniteTimeSpan, CancellationToken.None), start, CancellationToken.None);

    /// <summary>The same, without blocking.</summary>
    public async Task DoAsync(string name, Action<V8Context, EvaluationOperation> start, CancellationToken cancellationToken)
    {
        var operation = Create(JsExecutionKind.EvaluateAsync, name, System.Threading.Timeout.InfiniteTimeSpan, cancellationToken);
        try
        {
            using var registration = Register(operation, cancellationToken);
            isolate.Post(new ExecutionItem(this, operation, start, isSync: false));
            await operation.Result.ConfigureAwait(false);
        }
        finally
        {
            _live.TryRemove(operation, out _);
        }
    }

    private object? RunNow(EvaluationOperation operation, Action<V8Context, EvaluationOperation> start, CancellationToken cancellationToken)
    {
        var item = new ExecutionItem(this, operation, start, isSync: true);
        try
        {
            using var registration = Register(operation, cancellationToken);
            if (isolate.IsOwnThread)
            {
                item.Run();
            }
            else
            {
                isolate.Post(item);
            }

            return operation.Result.GetAwaiter().GetResult();
        }
        finally
        {
            Forget(operation);
        }
    }

    /// <summary>Runs an action that does not count as an execution on the isolate's thread.</summary>
    public void Post(Action<V8Context> run, Action<Exception> fail) => isolate.Post(new Scheduling.ActionItem(
        () =>
        {
            if (fate.Ending is { } ending)
            {
                fail(ending);
            }
            else
            {
                run(Context!);
            }
        },
        () => fail(fate.Ending ?? Gone())));

    /// <summary>From any thread: nothing of what runs or waits comes to an end of its own.</summary>
    public void FailAll(Func<Exception> ending)
    {
        foreach (var operation in _live.Keys)
        {
            operation.Fail(ending());
            operation.CancelCalls();
        }
    }

    /// <summary>What is told when the isolate takes nothing any more.</summary>
    public Exception Gone() => Gone(isolate);

    /// <inheritdoc cref="Gone()"/>
    public static Exception Gone(V8Isolate isolate) => isolate.WasStopped
        ? new JsTerminatedException("The runtime's isolate was stopped, as the host has stopped, or is about to.")
        : new JsIsolateLostException("The runtime's isolate is gone: something that ran on it had to be stopped, or its thread failed. The log says what.");

    private EvaluationOperation Create(JsExecutionKind kind, string name, TimeSpan? limit, CancellationToken cancellationToken)
    {
        if (limit is { } given)
        {
            RuntimeTimeout.Check(given, "timeout");
        }

        if (fate.Ending is { } ending)
        {
            throw ending;
        }

        cancellationToken.ThrowIfCancellationRequested();
        var operation = new EvaluationOperation(kind, name, limit ?? timeout, timeout) { CpuLimit = cpuLimit, Counters = counters };
        _live[operation] = true;
        lease?.Begin();
        if (fate.Ending is { } late)
        {
            // It ended in this very moment, and may have missed this one.
            operation.Fail(late);
        }

        return operation;
    }

    private async ValueTask<object?> WaitAsync(EvaluationOperation operation, CancellationToken cancellationToken)
    {
        var began = counters.Begin();
        try
        {
            using var registration = Register(operation, cancellationToken);
            return await operation.Result.ConfigureAwait(false);
        }
        finally
        {
            counters.End(operation.Kind, began);
            Forget(operation);
        }
    }

    private void Forget(EvaluationOperation operation)
    {
        _live.TryRemove(operation, out _);
        lease?.End();
    }

    private static CancellationTokenRegistration Register(EvaluationOperation operation, CancellationToken cancellationToken) => cancellationToken.UnsafeRegister(
        static (state, token) => ((EvaluationOperation)state!).Abandon(new OperationCanceledException(token), InterruptReason.Cancelled),
        operation);
}
