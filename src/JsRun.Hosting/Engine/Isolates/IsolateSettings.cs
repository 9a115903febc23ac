using JsRun.Options;

namespace JsRun.Engine.Isolates;

/// <summary>The settings with which an isolate is made.</summary>
/// <param name="Name">For logs and the thread's name.</param>
/// <param name="MaxHeapBytes">V8's heap.</param>
/// <param name="MaxArrayBufferBytes">All ArrayBuffers.</param>
/// <param name="MaxStackBytes">JavaScript's stack.</param>
/// <param name="SurvivesInterrupts">Whether it goes on after an interrupt: only where a single runtime lives on it, which its owner interrupts.</param>
/// <param name="Image">The heap image it starts from, acquired for it: it releases it.</param>
internal sealed record IsolateSettings(string Name, long MaxHeapBytes, long MaxArrayBufferBytes, int MaxStackBytes, bool SurvivesInterrupts = false, IsolateImage? Image = null)
{
    /// <summary>What sets <see cref="MaxHeapBytes"/>, for messages.</summary>
    public string HeapKey { get; init; } = "JsRun:Limits:MaxHeapBytes";

    /// <summary>What sets <see cref="MaxArrayBufferBytes"/>, for messages.</summary>
    public string BuffersKey { get; init; } = "JsRun:Limits:MaxArrayBufferBytes";

    /// <summary>Gets whether debuggers may attach, where the native layer is used.</summary>
    public bool IsInspected { get; init; }

    /// <summary>For the functions of a pool group; the default one has no name.</summary>
    public static IsolateSettings For(string name, JsRunLimitsOptions limits, string group = JsRunOptions.DefaultGroupName) => new(name, limits.MaxHeapBytes, limits.MaxArrayBufferBytes, limits.MaxStackBytes)
    {
        HeapKey = LimitKey.Of(group, nameof(JsRunLimitsOptions.MaxHeapBytes)),
        BuffersKey = LimitKey.Of(group, nameof(JsRunLimitsOptions.MaxArrayBufferBytes)),
    };
}
