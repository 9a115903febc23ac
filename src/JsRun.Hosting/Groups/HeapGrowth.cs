using JsRun.Engine.Isolates;

namespace JsRun.Groups;

/// <summary>
/// Finds an isolate whose heap stays nearly full after its contexts were disposed of, so that it is replaced before a request reaches the heap limit. Used on the isolate's thread.
/// </summary>
internal sealed class HeapGrowth(V8Isolate isolate)
{
    // Between two samples V8 has collected all garbage several times.
    private const int SampleEvery = 256;
    private const int HighSamples = 4;

    private int _count;
    private int _high;
    private volatile bool _needsReplacement;

    /// <summary>Gets whether it should be replaced. From any thread.</summary>
    public bool NeedsReplacement => _needsReplacement;

    /// <summary>A context was disposed of.</summary>
    public void Sample()
    {
        if (++_count % SampleEvery != 0)
        {
            return;
        }

        // V8 lets garbage lie, so that one high reading says little. Only a heap that is high each time does not come down.
        _high = isolate.UsedHeapBytes > isolate.MaxHeapBytes / 4 * 3 ? _high + 1 : 0;
        _needsReplacement |= _high >= HighSamples;
    }
}
