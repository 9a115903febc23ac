using JsRun.Limits;
using JsRun.Scheduling;
using JsRun.WebApi.Crypto;

namespace JsRun.Engine;

/// <summary>An operation of <c>crypto.subtle</c> that takes long: posted out to the thread pool, and back as a message.</summary>
internal sealed class CryptoCall(CryptoPort port, V8Context context, int id, CryptoRequest request, CancellationToken contextEnded) : IWorkItem
{
    private readonly CancellationTokenSource _cancellation = CancellationTokenSource.CreateLinkedTokenSource(contextEnded);
    private CryptoResult _result;
    private CryptoException? _error;

    public int Id { get; } = id;

    /// <summary>On whose behalf it runs.</summary>
    public Operation? Operation { get; } = context.Current;

    public async Task RunAsync(CryptoWorkers workers)
    {
        try
        {
            _result = await workers.RunAsync(request, contextEnded, _cancellation.Token).ConfigureAwait(false);
        }
        catch (CryptoException e)
        {
            _error = e;
        }
        catch (Exception e) when (e is OperationCanceledException or ObjectDisposedException)
        {
            _error = CryptoException.Failed("The operation was stopped, because its request has ended", e);
        }

        context.Post(this);
    }

    /// <summary>Stops it, if it can be.</summary>
    public void Cancel() => _cancellation.Cancel();

    public void Run()
    {
        var exhausted = Charge();
        if (exhausted)
        {
            _result.Key?.Dispose();
            _result.PrivateKey?.Dispose();
            _error = Exhausted();
            Operation!.Fail(Endings.Interrupted(InterruptReason.CpuTime, Operation));
        }

        request.Dispose();
        port.Done(this, _result, _error);
        _cancellation.Dispose();
        if (exhausted)
        {
            // Nothing may be left that would ever settle the handler.
            Operation!.Settled();
        }
    }

    public void Drop() => request.Dispose();

    /// <summary>What a request is told that has used all its time. No entry of its own may ever be long enough for the watchdog to see it.</summary>
    public static CryptoException Exhausted() => CryptoException.Failed("The request has used more CPU time than JsRun:Limits:CpuTime");

    /// <returns>Whether that was too much.</returns>
    private bool Charge()
    {
        if (Operation is StartupOperation { Done.IsCompleted: true } startup)
        {
            // What a top level left running belongs to no request: it is limited turn by turn.
            startup.CpuTime = TimeSpan.Zero;
        }
        else if (Operation is { } operation)
        {
            operation.CpuTime += request.CpuTime;
            return operation.IsExhausted;
        }

        return false;
    }
}
