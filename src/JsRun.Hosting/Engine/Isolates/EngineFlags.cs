using System.Runtime.InteropServices;
using JsRun.Engine.Native.Binding;
using Microsoft.ClearScript.V8;

namespace JsRun.Engine.Isolates;

/// <summary>The flags that V8 runs with. They belong to the process: they also apply to V8 runtimes that the application makes with ClearScript itself.</summary>
internal static class EngineFlags
{
    /// <summary>The flags as text, for the keys of caches.</summary>
    public static string Current => V8Settings.GlobalFlags.ToString();

    /// <summary>Sets the flags that JsRun needs. They count when V8 starts, so whatever may be the first to start it calls this before.</summary>
    public static void Apply() =>
        // Interrupts and memory limits hold only without V8's work on thread-pool threads: docs/adr/0003.
        V8Settings.GlobalFlags |= V8GlobalFlags.DisableBackgroundWork;

    /// <summary>Sets those that only the native layer can set. After <see cref="Apply"/>, and before V8 starts.</summary>
    /// <returns>Why they are not set, or <see langword="null"/> if they are.</returns>
    public static string? TryApplyNative()
    {
        if (!OperatingSystem.IsLinux() || RuntimeInformation.ProcessArchitecture != Architecture.X64)
        {
            return $"V8's flags are known on linux-x64 only, and this is {RuntimeInformation.RuntimeIdentifier}";
        }

        try
        {
            V8Flags.Set(EngineLibrary.Folders());
            return null;
        }
        catch (Exception e)
        {
            return e.Message;
        }
    }
}
