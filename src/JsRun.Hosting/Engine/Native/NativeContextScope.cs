namespace JsRun.Engine.Native;

/// <summary>While it lasts, its thread makes one context.</summary>
internal sealed class NativeContextScope(int index, bool ownQueue) : IDisposable
{
    public int Index { get; } = index;

    public bool OwnQueue { get; } = ownQueue;

    /// <summary>Gets or sets whether the hook has seen a context being made.</summary>
    public bool IsUsed { get; set; }

    /// <summary>What belongs to the context that was made; the code that disposes of the engine abandons it.</summary>
    public NativeContext? Context { get; set; }

    public void Dispose() => NativeContexts.Leave();
}
