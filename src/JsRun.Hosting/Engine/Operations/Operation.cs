using System.Diagnostics;
using JsRun.Engine.Contexts;
using JsRun.Engine.Isolates;
using JsRun.Limits;
using JsRun.Scheduling;
using JsRun.WebApi.Fetch;

namespace JsRun.Engine.Operations;

/// <summary>
/// One piece of work that entries into JavaScript are done for: a request (<see cref="RequestOperation"/>), whatever has a value (<see cref="ValueOperation"/>), the top level of modules.
/// Its CPU time, console and subrequests are counted here.
/// </summary>
internal abstract class Operation : CpuAccount
{
    private static int _lastId;

    private CancellationTokenSource? _calls;
    private volatile bool _callsCancelled;

    /// <summary>What JavaScript knows it by (the lease's or the call's number).</summary>
    public int Id { get; } = Interlocked.Increment(ref _lastId) & int.MaxValue;

    /// <summary>The context it runs in; set on the isolate's thread when it starts.</summary>
    public V8Context? Context { get; set; }

    /// <summary>For logs: the function, or what is evaluated.</summary>
    public abstract string Name { get; }

    /// <summary>For logs: the request, where there is one.</summary>
    public virtual string RequestId => "";

    /// <summary>In a worker: what the host knows the request by. Otherwise empty.</summary>
    public virtual string Token => "";

    /// <summary>Gets whether its code was ended in its midst. Nothing is done for it any more but to let go of it.</summary>
    public bool IsInterrupted { get; private set; }

    /// <summary>Gets or sets whether it has ended, though something that it left behind still runs: nothing more is asked of the host for it.</summary>
    public bool IsOver { get; protected set; }

    /// <summary>Its calls of <c>setTimeout</c> that have not come yet.</summary>
    public int Timeouts { get; set; }

    /// <summary>Its calls of <c>setInterval</c> that have not been stopped.</summary>
    public int Intervals { get; set; }

    public long ConsoleBytes { get; set; }

    /// <summary>Characters of messages that wait for its broadcast channels, in a context whose requests have the limit each.</summary>
    public BroadcastBacklog Broadcasts { get; } = new();

    /// <summary>Characters of what was reported on its behalf: uncaught errors, host functions that failed, refusals.</summary>
    public long ReportLength { get; set; }

    /// <summary>The execution context of the caller: host functions run in it.</summary>
    public ExecutionContext? CallSite { get; init; } = ExecutionContext.Capture();

    /// <summary>Cancelled when nobody waits any more for the host calls that were made for it.</summary>
    public CancellationToken CallsToken
    {
        get
        {
            var calls = LazyInitializer.EnsureInitialized(ref _calls, static () => new CancellationTokenSource());
            if (_callsCancelled)
            {
                calls.CancelAsync().Forget();
            }

            return calls.Token;
        }
    }

    public int Subrequests { get; set; }

    /// <summary>What it is told when it was interrupted.</summary>
    public virtual Exception Interrupted(InterruptReason reason) => Endings.Interrupted(reason, this);

    /// <summary>It has reached a limit while it is in host code, which nothing can interrupt: its caller stops waiting. From the watchdog's thread.</summary>
    public virtual void Blocked(InterruptReason reason) => CancelCalls();

    /// <summary>Its code was ended in a context that serves others. On the isolate's thread.</summary>
    public virtual void Interrupt(InterruptReason reason)
    {
        IsInterrupted = true;
        CancelCalls();
        Fail(Interrupted(reason));
    }

    /// <summary>What it is part of, so that its subrequests carry the trace on.</summary>
    public Activity? Activity { get; } = Activity.Current;

    /// <summary>The header <c>CDN-Loop</c> of the request: who has passed it on already.</summary>
    public virtual string Loop => "";

    /// <summary>The number of functions that called one another until this one was called.</summary>
    public int Depth => FetchLoop.Depth(Loop);

    /// <summary>Counts what the host spent of the processor on its behalf, on another thread. On the isolate's thread.</summary>
    /// <returns>Whether that was too much: the limit is then exceeded, and nothing may be left that would ever settle its handler.</returns>
    public bool Charge(TimeSpan spent)
    {
        if (this is StartupOperation { Done.IsCompleted: true })
        {
            // What a top level left running belongs to no request: it is limited turn by turn.
            CpuTime = TimeSpan.Zero;
            return false;
        }

        CpuTime += spent;
        return IsExhausted;
    }

    /// <summary>It cannot go on. The first outcome counts; thread-safe.</summary>
    public abstract void Fail(Exception exception);

    /// <summary>Nobody waits any more for the host calls that were made for it until now. From any thread.</summary>
    public void CancelCallsOfNow() => Interlocked.Exchange(ref _calls, null)?.CancelAsync().Forget();

    /// <summary>Nobody waits any more for its host calls. From any thread; callbacks of the token run on another.</summary>
    public void CancelCalls()
    {
        _callsCancelled = true;
        Volatile.Read(ref _calls)?.CancelAsync().Forget();
    }
}
