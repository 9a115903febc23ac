using System.Globalization;

namespace JsRun.Runtime;

/// <summary>A limit on the wall clock for work in several steps, together with its caller's token.</summary>
internal sealed class TimeLimit : IDisposable
{
    private readonly TimeSpan _limit;
    private readonly CancellationToken _caller;
    private readonly CancellationTokenSource _deadline;
    private readonly CancellationTokenSource _either;

    public TimeLimit(TimeSpan limit, TimeProvider time, CancellationToken cancellationToken)
    {
        _limit = limit;
        _caller = cancellationToken;
        _deadline = new CancellationTokenSource(limit, time);
        _either = CancellationTokenSource.CreateLinkedTokenSource(_deadline.Token, cancellationToken);
    }

    /// <exception cref="JsTimeoutException">It took longer.</exception>
    public async ValueTask<T> RunAsync<T>(string name, Func<CancellationToken, ValueTask<T>> work)
    {
        try
        {
            return await work(_either.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException e) when (_deadline.IsCancellationRequested && !_caller.IsCancellationRequested)
        {
            throw new JsTimeoutException($"The import of '{name}' took longer than {_limit.TotalSeconds.ToString(CultureInfo.InvariantCulture)} s (timed out).", e);
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
