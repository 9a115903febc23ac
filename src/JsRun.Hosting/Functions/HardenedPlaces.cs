namespace JsRun.Functions;

/// <summary>Limits how many functions of a pool group are served from hardened contexts, of which each function has one in each isolate. Thread-safe.</summary>
/// <param name="maxHeapBytes">The size of an isolate's heap, in bytes.</param>
internal sealed class HardenedPlaces(long maxHeapBytes)
{
    // A hardened context takes one to two MiB; a quarter of the heap is for those of all functions.
    private const long BytesOfAPlace = 8 << 20;

    private readonly long _most = Math.Max(1, maxHeapBytes / BytesOfAPlace);
    private long _taken;

    /// <summary>Gets the reason for which a function has no place.</summary>
    public string Reason => $"An isolate has room for the hardened contexts of {_most} functions (JsRun:Limits:MaxHeapBytes), and others have it.";

    /// <summary>Takes a place, if one is left.</summary>
    public bool TryTake()
    {
        if (Interlocked.Increment(ref _taken) <= _most)
        {
            return true;
        }

        Free();
        return false;
    }

    /// <summary>Gives a place back.</summary>
    public void Free() => Interlocked.Decrement(ref _taken);
}
