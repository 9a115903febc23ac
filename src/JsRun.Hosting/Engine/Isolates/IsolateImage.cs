using JsRun.Engine.Native;
using JsRun.Engine.Native.Images;
using JsRun.Engine.Scripts;

namespace JsRun.Engine.Isolates;

/// <summary>
/// A heap image that isolates start from: the web layer as its default context, and one context for each function in it. Counted: it goes when its owner and the last isolate
/// that was made from it have let go. Thread-safe.
/// </summary>
internal sealed class IsolateImage
{
    private readonly Dictionary<string, int> _functions;
    private int _references = 1;

    /// <param name="key">What names it: the hash of everything that went in.</param>
    /// <param name="blob">V8's blob, verified.</param>
    /// <param name="functions">The <see cref="ScriptGraph.Fingerprint"/> of the functions, by the index of their contexts.</param>
    public IsolateImage(string key, ReadOnlySpan<byte> blob, IReadOnlyList<string> functions)
    {
        Key = key;
        Memory = ImageMemory.Load(blob);
        _functions = functions.Select((fingerprint, index) => (fingerprint, index)).ToDictionary(f => f.fingerprint, f => f.index, StringComparer.Ordinal);
    }

    public string Key { get; }

    public int Size => Memory.Size;

    public IEnumerable<string> Functions => _functions.Keys;

    public ImageMemory Memory { get; }

    /// <summary>Returns the index of the function's context, or of the default one, which holds the web layer only.</summary>
    public int IndexOf(ScriptGraph graph) => _functions.GetValueOrDefault(graph.Fingerprint, NativeContexts.Default);

    public bool Contains(ScriptGraph graph) => _functions.ContainsKey(graph.Fingerprint);

    /// <returns>Whether it is still there.</returns>
    public bool TryAcquire()
    {
        for (var before = Volatile.Read(ref _references); before > 0; before = Volatile.Read(ref _references))
        {
            if (Interlocked.CompareExchange(ref _references, before + 1, before) == before)
            {
                return true;
            }
        }

        return false;
    }

    public void Release()
    {
        if (Interlocked.Decrement(ref _references) == 0)
        {
            Memory.Dispose();
        }
    }
}
