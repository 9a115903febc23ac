using JsRun.Engine.Crossing;
using JsRun.Engine.Isolates;

namespace JsRun.Engine.Contexts;

/// <summary>What there is to know of the memory that a context takes, beside V8's own limits. On the isolate's thread.</summary>
internal sealed class ContextMemory(V8Isolate isolate)
{
    /// <summary>Whether it has memories of WebAssembly: what they hold is not to wait for its turn to go.</summary>
    public bool HasMemories { get; private set; }

    /// <summary>Whether it has memories of WebAssembly that grow without asking: they are measured at the end of every turn.</summary>
    public bool MayGrow { get; private set; }

    /// <summary>Whether what it holds is past a limit that was seen only afterwards: it goes at once, and its garbage with it.</summary>
    public bool HasOutgrown { get; private set; }

    /// <summary>Whether that is the limit of V8's heap.</summary>
    public bool HasOutgrownHeap { get; private set; }

    /// <summary>What JavaScript knows of its memories of WebAssembly.</summary>
    public void Learn(MemoryState state)
    {
        HasMemories = true;
        MayGrow |= state == MemoryState.MayGrow;
        HasOutgrown |= state == MemoryState.Exceeded;
        if (state == MemoryState.Short)
        {
            isolate.ClearKeptObjects();
        }
    }

    /// <summary>V8's heap is past its limit because of what it holds.</summary>
    public void OutgrowHeap() => HasOutgrown = HasOutgrownHeap = true;
}
