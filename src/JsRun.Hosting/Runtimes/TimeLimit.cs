using JsRun.Scheduling;

namespace JsRun.Runtimes;

/// <summary>A limit on the wall clock for work in several steps, together with its caller's token.</summary>
internal sealed class TimeLimit : IDisposable
{
    private readonly JsExecutionKind _kind;
    private readonly TimeSpan _limit;
    private readonly CancellationToken _caller;
    private readonly CancellationTokenSource _deadline;
    private readonly CancellationTokenSource _either;

    /// <exception cref="ArgumentOutOfRangeException">The limit is none.</exception>
    public TimeLimit(JsExecutionKind kind, TimeSpan limit, TimeProvider time, CancellationToken cancellationToken)
    {
        RuntimeTimeout.Check(limit, "timeout");
        _kind = kind;
        _limit = limit;
        _caller = cancellationToken;
        _deadline = new CancellationTokenSource(limit, GuardedTime.Of(time));
        _either = CancellationTokenSource.CreateLinkedTokenSource(_deadline.Token, cancellationToken);
    }

    /// <exception cref="JsTimeoutException">It took longer.</exception>
    public async ValueTask<T> RunAsync<T>(string name, Func<CancellationToken, ValueTask<T>> work)
    {
        try
        {
            return await work(_either.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (_deadline.IsCancellationRequested && !_caller.IsCancellationRequested)
        {
            throw RuntimeTimeout.Expired(_kind, name, _limit, pending: false);
        }
        catch (OperationCanceledException e) when (_caller.IsCancellationRequested && e.CancellationToken != _caller)
        {
            // What the caller gave is what the caller knows.
            throw new OperationCanceledException(e.Message, e, _caller);
        }
    }

    public void Dispose()
    {
        _either.Dispose();
        _deadline.Dispose();
    }
}
