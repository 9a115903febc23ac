namespace JsRun.Diagnostics;

/// <summary>The streams of one direction: those of JavaScript that the host reads, or the other way round. Thread-safe.</summary>
internal sealed class StreamCounters
{
    private int _active;
    private long _total;
    private long _bytes;

    public int Active => Volatile.Read(ref _active);

    public long Total => Volatile.Read(ref _total);

    public long Bytes => Volatile.Read(ref _bytes);

    public void Opened()
    {
        Interlocked.Increment(ref _active);
        Interlocked.Increment(ref _total);
    }

    public void Closed() => Interlocked.Decrement(ref _active);

    public void Moved(long bytes) => Interlocked.Add(ref _bytes, bytes);
}
