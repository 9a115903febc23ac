namespace JsRun.Pooling;

/// <summary>A request in the queue.</summary>
/// <param name="countsUse">Whether its lease will make a context.</param>
/// <param name="since">When it came, by the pool's clock.</param>
/// <typeparam name="TIsolate">The type of the isolates.</typeparam>
internal sealed class PoolWaiter<TIsolate>(bool countsUse, long since)
    where TIsolate : class, IPooledIsolate
{
    private readonly TaskCompletionSource<PoolLease<TIsolate>> _lease = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Gets whether its lease will make a context.</summary>
    public bool CountsUse { get; } = countsUse;

    /// <summary>The time at which it came, by the pool's clock.</summary>
    public long Since { get; } = since;

    public Task<PoolLease<TIsolate>> Lease => _lease.Task;

    public bool TryServe(PoolLease<TIsolate> lease) => _lease.TrySetResult(lease);

    public bool TryFail(Exception exception) => _lease.TrySetException(exception);

    public bool TryCancel(CancellationToken cancellationToken) => _lease.TrySetCanceled(cancellationToken);
}
