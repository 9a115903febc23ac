using JsRun.Limits;

namespace JsRun.WebApi.Crypto;

/// <summary>Where long operations of all contexts run: on the thread pool, as many at a time as there are processors. Thread-safe.</summary>
internal sealed class CryptoWorkers : IDisposable
{
    private readonly SemaphoreSlim _free = new(Environment.ProcessorCount);

    /// <param name="request">What to do.</param>
    /// <param name="waiting">Cancels it while it waits for its turn.</param>
    /// <param name="working">Cancels it while it runs, where that is possible.</param>
    /// <exception cref="CryptoException">It failed.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public async Task<CryptoResult> RunAsync(CryptoRequest request, CancellationToken waiting, CancellationToken working)
    {
        await _free.WaitAsync(waiting).ConfigureAwait(false);
        try
        {
            return await Task.Run(() => Execute(request, working), waiting).ConfigureAwait(false);
        }
        finally
        {
            _free.Release();
        }
    }

    public void Dispose() => _free.Dispose();

    private static CryptoResult Execute(CryptoRequest request, CancellationToken cancellationToken)
    {
        var before = ThreadClock.ReadOwn();
        try
        {
            return CryptoEngine.Execute(request, cancellationToken);
        }
        finally
        {
            request.CpuTime = ThreadClock.ReadOwn() - before;
        }
    }
}
