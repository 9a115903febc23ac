using Microsoft.ClearScript.V8;

namespace JsRun.Engine.Isolates;

/// <summary>The version of the engine, for what does not outlive it.</summary>
internal static class EngineVersion
{
    /// <summary>ClearScript's version stands for V8's: each ships with exactly one.</summary>
    public static string Current { get; } = $"ClearScript {typeof(V8Runtime).Assembly.GetName().Version}";
}
