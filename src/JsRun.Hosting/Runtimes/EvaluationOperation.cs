using JsRun.Diagnostics;
using JsRun.Engine.Contexts;
using JsRun.Engine.Operations;
using JsRun.Limits;
using JsRun.Scheduling;

namespace JsRun.Runtimes;

/// <summary>One evaluation, import or call of an embedder's. Its clock starts when it begins to run.</summary>
/// <param name="kind">What it is.</param>
/// <param name="name">For stack traces and messages.</param>
/// <param name="timeout">The most time that it may take.</param>
/// <param name="leftoverLimit">What it leaves running may take that long at a time, unless <paramref name="timeout"/> is finite: then that.</param>
internal sealed class EvaluationOperation(JsExecutionKind kind, string name, TimeSpan timeout, TimeSpan leftoverLimit) : ValueOperation
{
    private readonly TaskCompletionSource<object?> _result = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private ITimer? _clock;

    public override string Name { get; } = name;

    public RuntimeCounters? Counters { get; init; }

    public JsExecutionKind Kind { get; } = kind;

    public Task<object?> Result => _result.Task;

    public bool IsCompleted => _result.Task.IsCompleted;

    /// <summary>It begins. On the isolate's thread.</summary>
    public void Start(V8Context context)
    {
        context.Add(this);
        if (timeout != Timeout.InfiniteTimeSpan)
        {
            _clock = context.Isolate.Services.Time.CreateGuardedTimer(this, static operation => operation.Expire(), timeout, Timeout.InfiniteTimeSpan);
        }
    }

    public override Exception Interrupted(InterruptReason reason) =>
        reason == InterruptReason.Timeout ? RuntimeTimeout.Expired(Kind, Name, timeout, pending: false) : base.Interrupted(reason);

    public override void Blocked(InterruptReason reason)
    {
        CancelCalls();
        Fail(Interrupted(reason));
    }

    public override void Fail(Exception exception)
    {
        ReadHeap();
        if (_result.TrySetException(exception))
        {
            _ = _result.Task.Exception;
            End();
        }
    }

    public override void CompleteValue(object? value)
    {
        ReadHeap();
        if (_result.TrySetResult(value))
        {
            End();
        }
    }

    /// <summary>It should have ended by now.</summary>
    public void FailPending()
    {
        if (!IsCompleted)
        {
            Fail(new InvalidOperationException(Kind == JsExecutionKind.Import
                ? $"The top level of {Name} waits for something, which a synchronous import cannot: use ImportAsync."
                : "The script's value is a promise that is not settled yet, which a synchronous call cannot wait for: use the asynchronous one, such as EvaluateAsync or InvokeAsync."));
        }
    }

    /// <summary>Nobody waits for it any more: what it runs is interrupted, and what it does later is for nobody.</summary>
    public void Abandon(Exception ending, InterruptReason reason)
    {
        Fail(ending);
        Context?.Isolate.Entries.Interrupt(this, reason);
    }

    private void Expire()
    {
        if (IsCompleted)
        {
            return;
        }

        var isolate = Context!.Isolate;
        if (!isolate.Entries.Interrupt(this, InterruptReason.Timeout))
        {
            Fail(RuntimeTimeout.Expired(Kind, Name, timeout, pending: true));
            return;
        }

        // It may have come back before it was interrupted, with a promise.
        isolate.Post(new Scheduling.ActionItem(() => Fail(RuntimeTimeout.Expired(Kind, Name, timeout, pending: true))));
    }

    // Before the caller learns of the end, so that its statistics show the heap as it is then.
    private void ReadHeap()
    {
        if (Counters is not null && !IsCompleted && Context is { } context && context.Isolate.IsOwnThread)
        {
            Counters.Heap = context.Isolate.ReadHeap();
        }
    }

    private void End()
    {
        _clock?.Dispose();
        // What still runs when somebody has his answer, in this turn or a later one, has a limit as well.
        TurnLimitSince = Watchdog.Now;
        TurnLimit = timeout == Timeout.InfiniteTimeSpan ? leftoverLimit : timeout;
        if (Context is not { } context)
        {
            return;
        }

        // Timers that it set are counted on it still; nothing else can come for it.
        if (context.Isolate.IsOwnThread)
        {
            context.Forget(this);
        }
        else
        {
            context.Isolate.Post(new Scheduling.ActionItem(() => context.Forget(this)));
        }
    }
}
