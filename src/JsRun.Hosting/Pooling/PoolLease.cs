namespace JsRun.Pooling;

/// <summary>A lease: a place on an isolate. It goes back once, however often that is said.</summary>
internal sealed class PoolLease(IsolatePool pool, PoolSlot slot)
{
    private int _released;

    public IPooledIsolate Isolate => slot.Isolate;

    public void Release()
    {
        if (Interlocked.Exchange(ref _released, 1) == 0)
        {
            pool.Release(slot);
        }
    }
}
