namespace JsRun.Pooling;

/// <summary>A request in the queue.</summary>
internal sealed class PoolWaiter(bool countsUse, long since)
{
    private readonly TaskCompletionSource<PoolLease> _lease = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Whether its lease will make a context.</summary>
    public bool CountsUse { get; } = countsUse;

    /// <summary>When it came, by the pool's clock.</summary>
    public long Since { get; } = since;

    public Task<PoolLease> Lease => _lease.Task;

    public bool TryServe(PoolLease lease) => _lease.TrySetResult(lease);

    public bool TryFail(Exception exception) => _lease.TrySetException(exception);

    public bool TryCancel(CancellationToken cancellationToken) => _lease.TrySetCanceled(cancellationToken);
}
