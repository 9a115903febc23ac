using JsRun.Engine.Isolates;

namespace JsRun.Groups;

/// <summary>
/// Tells an isolate whose heap keeps what contexts have left behind: it is replaced before the heap's limit ends somebody's request. Looks once in a while, on the isolate's thread.
/// </summary>
internal sealed class HeapGrowth(V8Isolate isolate)
{
    // Between two looks V8 has collected what it can collect several times.
    private const int LookEvery = 256;
    private const int LooksInARow = 4;

    private int _count;
    private int _high;
    private volatile bool _worn;

    /// <summary>Whether it should be replaced. From any thread.</summary>
    public bool IsWorn => _worn;

    /// <summary>A context was disposed of.</summary>
    public void Look()
    {
        if (++_count % LookEvery != 0)
        {
            return;
        }

        // V8 lets garbage lie, so that one high reading says little. Only a heap that is high each time does not come down.
        _high = isolate.UsedHeapBytes > isolate.MaxHeapBytes / 4 * 3 ? _high + 1 : 0;
        _worn |= _high >= LooksInARow;
    }
}
