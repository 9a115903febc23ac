using JsRun.Engine.Contexts;
using JsRun.Engine.Isolates;
using JsRun.Engine.Operations;
using JsRun.Limits;
using JsRun.Scheduling;
using JsRun.WebApi.Crypto;

namespace JsRun.Engine.Web;

/// <summary>An operation of <c>crypto.subtle</c> that takes long: posted out to the group's lane, and back as a message.</summary>
internal sealed class CryptoCall(CryptoPort port, V8Context context, Operation? operation, int id, CryptoRequest request, CancellationToken contextEnded) : IWorkItem
{
    private readonly CancellationTokenSource _cancellation = CancellationTokenSource.CreateLinkedTokenSource(contextEnded);
    private CryptoResult _result;
    private CryptoException? _error;

    public int Id { get; } = id;

    /// <summary>On whose behalf it runs.</summary>
    public Operation? Operation { get; } = operation;

    public async Task RunAsync(WorkLane lane)
    {
        try
        {
            _result = await lane.RunAsync(Execute, _cancellation.Token).ConfigureAwait(false);
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
        var exhausted = Operation?.Charge(request.Budget?.Spent ?? TimeSpan.Zero) ?? false;
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
            (Operation as RequestOperation)?.GiveUp();
        }
    }

    public void Drop() => request.Dispose();

    /// <summary>What a request is told that has used all its time. No entry of its own may ever be long enough for the watchdog to see it.</summary>
    public static CryptoException Exhausted() => CryptoException.Failed("The request has used more CPU time than JsRun:Limits:CpuTime");

    private CryptoResult Execute()
    {
        request.Budget?.Begin();
        try
        {
            return CryptoEngine.Execute(request, _cancellation.Token);
        }
        finally
        {
            request.Budget?.End();
        }
    }
}
