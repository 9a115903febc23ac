using JsRun.Engine.Contexts;
using JsRun.Engine.Crossing;
using JsRun.Engine.Isolates;
using JsRun.Engine.Operations;
using JsRun.Groups;
using JsRun.Limits;
using JsRun.Scheduling;

namespace JsRun.Functions;

/// <summary>
/// How a request ends: its client leaves and it is given time to clean up, its time is up, the host stops, or all is settled. On the isolate's thread, except where it says otherwise.
/// </summary>
/// <param name="invocation">The request.</param>
/// <param name="definition">Its function.</param>
/// <param name="isolate">Its isolate.</param>
/// <param name="began">When it came, by the services' clock.</param>
internal sealed class InvocationEnd(FunctionInvocation invocation, EdgeFunctionDefinition definition, PooledIsolate isolate, long began)
{
    private readonly InvocationClock _clock = new(isolate.Isolate.Services.Time, definition.Limits, began);
    private readonly InvocationState _state = new();
    private ITimer? _afterlife;

    // What has happened. The first two on the isolate's thread only.
    private bool _settled;
    private bool _checks;
    private volatile bool _waits;
    private volatile bool _responseEnded;

    public bool IsFinished => _state.IsFinished;

    /// <summary>The reason for which the caller's token was cancelled. From any thread.</summary>
    public AbortKind KindOfLeaving => invocation.IsPastLimit ? AbortKind.TimedOut : AbortKind.ClientGone;

    private bool IsShared => definition.SharesContext;

    /// <summary>The caller has gone: what runs is given time to clean up. Or the time is up, or the host stops: it is ended. From any thread; the first of each counts.</summary>
    public void Cancel(AbortKind kind)
    {
        if (kind == AbortKind.ClientGone)
        {
            if (_state.TryLeave())
            {
                OnLeft();
            }

            return;
        }

        if (!_state.TryStop())
        {
            return;
        }

        if (kind == AbortKind.Stopping)
        {
            invocation.Fail(new JsTerminatedException("The host is stopping."));
        }

        isolate.Isolate.Entries.InterruptAlways(invocation, ReasonOf(kind));
        isolate.Isolate.Post(new ActionItem(() => Abort(kind), invocation.Finish));
    }

    /// <summary>The host has no time for what only cleans up. From any thread.</summary>
    public void StopCleaningUp()
    {
        if (!_waits)
        {
            Cancel(AbortKind.Stopping);
        }
    }

    /// <summary>The response has been written, or given up. From any thread.</summary>
    public void ResponseEnded(bool complete)
    {
        if (!complete)
        {
            Cancel(KindOfLeaving);
            return;
        }

        if (_waits && !_state.IsFinished)
        {
            // The longest silence of waitUntil.
            _responseEnded = true;
            _clock.Restart(() => isolate.Isolate.Post(new ActionItem(invocation.Finish, invocation.Finish)));
            isolate.Isolate.Post(new ActionItem(EntryEnded));
        }
    }

    /// <summary>The host has begun to stop, and the request goes on.</summary>
    public void TellOfStop()
    {
        if (!_state.IsFinished && invocation is { IsInterrupted: false, Context: { IsOpen: true } context })
        {
            Tell(context, AbortKind.Stopping, goesOn: true);
        }
    }

    /// <summary>Nobody sends requests any more, so that none settles what this one waits for.</summary>
    public void Drain()
    {
        if (!_state.IsFinished && invocation.Context is { } context)
        {
            context.Waits.Watch(invocation);
            EntryEnded();
        }
    }

    public void WaitUntil() => _waits = true;

    /// <summary>The response, and all that <c>waitUntil</c> was given, has ended.</summary>
    public void Settled()
    {
        _settled = true;
        if (_state.IsServing)
        {
            Post();
        }
    }

    /// <summary>It ends as soon as nothing of it is on the stack.</summary>
    public void Post()
    {
        if (_state.TryEnd())
        {
            isolate.Isolate.Post(new ActionItem(invocation.Finish, invocation.Finish));
        }
    }

    public void ReaderGone()
    {
        // What is settled by this very message is cleaned up after, too.
        BeginToCleanUp(invocation.Context!);
        Cancel(AbortKind.ClientGone);
    }

    /// <summary>JavaScript has run as far as it can without the host.</summary>
    public void EntryEnded()
    {
        if (_state.IsFinished || invocation.Context is not { IsOpen: true } context)
        {
            return;
        }

        if (_settled && _state.IsCleaningUp && context.Waits.IsDoneFor(invocation))
        {
            Post();
        }
        else if (!_checks && _state.GoesOn && (!IsShared || definition.Context.Shared.IsDraining) && context.Waits.IsQuiet)
        {
            _checks = true;
            context.Post(new ActionItem(Check));
        }
    }

    /// <summary>Nothing in its context can go on any more.</summary>
    public void Stalled()
    {
        if (!invocation.Response.IsCompleted)
        {
            invocation.TryFail(Endings.Stalled(invocation.Name));
            Post();
        }
        else if (!_state.IsServing || !invocation.HasAnswered)
        {
            Post();
        }
        else if (_responseEnded)
        {
            isolate.Isolate.Services.Logger.WaitUntilStalled(invocation.Name, invocation.RequestId);
            Post();
        }
    }

    /// <returns>Whether it had not been finished before.</returns>
    public bool TryFinish()
    {
        if (!_state.TryFinish())
        {
            return false;
        }

        _clock.Stop();
        isolate.Forget(invocation);
        return true;
    }

    /// <summary>Lets go of the context. Where others go on in it, what they wait for of this request must not leave them waiting.</summary>
    public void Leave(V8Context context)
    {
        if (!IsShared)
        {
            context.Release(invocation, livesOn: false);
            return;
        }

        invocation.BeOver();
        using (context.Waits.IsDoneFor(invocation) ? null : Hurry(AbortKind.TimedOut))
        {
            context.Waits.Reject(invocation);
        }

        context.Enter(invocation, EntryOp.Release, invocation.Id);

        if (invocation.IsInterrupted || !context.IsOpen || definition.Context.Shared.IsDraining || !context.Timers.Outlive(invocation))
        {
            context.Release(invocation, livesOn: true);
            return;
        }

        context.Waits.Unwatch(invocation);
        _afterlife = isolate.Isolate.Services.Time.CreateGuardedTimer(this, static end => end.EndAfterlife(), definition.Limits.IdleTimeout, Timeout.InfiniteTimeSpan);
    }

    /// <summary>The timeouts that it left behind have come, or come no more.</summary>
    public void LetGo()
    {
        _afterlife?.Dispose();
        if (invocation.Context is { IsOpen: true } context)
        {
            context.Release(invocation, livesOn: true);
        }
    }

    private static InterruptReason ReasonOf(AbortKind kind) => kind == AbortKind.Stopping ? InterruptReason.Stopping : InterruptReason.Timeout;

    private void OnLeft()
    {
        invocation.CancelCallsOfNow();
        _clock.Start(invocation.HasAnswered, () => Cancel(AbortKind.TimedOut));
        isolate.Isolate.Post(new ActionItem(CleanUp, invocation.Finish));
        if (!isolate.Leave(invocation))
        {
            StopCleaningUp();
        }

        if (_state.IsFinished)
        {
            // In this very moment: its end may have been before the isolate kept it.
            isolate.Forget(invocation);
        }
    }

    private void BeginToCleanUp(V8Context context)
    {
        _state.TryCleanUp();
        context.Waits.Watch(invocation);
    }

    private void CleanUp()
    {
        if (_state.IsFinished || invocation is not { IsInterrupted: false, Context: { IsOpen: true } context })
        {
            // It never began, or its isolate is lost.
            invocation.Finish();
            return;
        }

        BeginToCleanUp(context);
        Tell(context, AbortKind.ClientGone, goesOn: false);
    }

    private void Abort(AbortKind kind)
    {
        if (!_state.IsFinished && invocation is { IsInterrupted: false, Context: { IsOpen: true } context })
        {
            isolate.Isolate.Entries.ClearInterrupt(invocation);
            using (Hurry(kind))
            {
                Tell(context, kind, goesOn: false);
            }
        }

        // What the abort set going (a catch block, a stream's cancel) has run: its microtasks ended with the entry.
        invocation.Finish();
    }

    // The last that it is told may take a while, and no longer.
    private ITimer Hurry(AbortKind kind) => _clock.Hurry(() => isolate.Isolate.Entries.Interrupt(invocation, ReasonOf(kind)));

    private void Tell(V8Context context, AbortKind kind, bool goesOn) => context.Enter(
        invocation,
        EntryOp.Abort,
        invocation.Id,
        (int)kind,
        kind switch
        {
            AbortKind.TimedOut => "The request took longer than its limit.",
            AbortKind.Stopping => "The host is stopping.",
            AbortKind.Displaced => "The server needs the place of this request.",
            _ => "The client has gone.",
        },
        goesOn);

    private void EndAfterlife()
    {
        isolate.Isolate.Entries.InterruptAlways(invocation, InterruptReason.Timeout);
        isolate.Isolate.Post(new ActionItem(LetGo));
    }

    private void Check()
    {
        if (_state.GoesOn && invocation.Context is { IsOpen: true } context && context.Waits.IsQuiet)
        {
            context.Enter(invocation, EntryOp.Quiet, invocation.Id);
        }

        _checks = false;
    }
}
