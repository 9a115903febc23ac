namespace JsRun.Workers.Brokering;

/// <summary>Bounds how many calls of one kind a worker has under way, because each of them holds memory of the host. Thread-safe.</summary>
internal sealed class CallLimit(int most)
{
    private int _calls;

    /// <summary>Takes a place for a call, until the result is disposed of.</summary>
    /// <returns><see langword="null"/> if there is none.</returns>
    public IDisposable? TryEnter()
    {
        if (Interlocked.Increment(ref _calls) <= most)
        {
            return new Place(this);
        }

        Interlocked.Decrement(ref _calls);
        return null;
    }

    private sealed class Place(CallLimit limit) : IDisposable
    {
        private int _isFree;

        public void Dispose()
        {
            if (Interlocked.Exchange(ref _isFree, 1) == 0)
            {
                Interlocked.Decrement(ref limit._calls);
            }
        }
    }
}
