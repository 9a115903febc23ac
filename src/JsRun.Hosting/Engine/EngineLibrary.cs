using System.Reflection;
using System.Runtime.InteropServices;
using Microsoft.ClearScript.V8;

namespace JsRun.Engine;

/// <summary>Where V8 is, in a process without a list of its dependencies.</summary>
internal static class EngineLibrary
{
    /// <summary>Has ClearScript find its native library where an application's output has it: beside the assembly, or below it in <c>runtimes</c>.</summary>
    public static void FindBeside() => NativeLibrary.SetDllImportResolver(typeof(V8Runtime).Assembly, Resolve);

    private static nint Resolve(string name, Assembly assembly, DllImportSearchPath? searchPath)
    {
        var folder = Path.GetDirectoryName(assembly.Location)!;
        string[] candidates = [Path.Combine(folder, "runtimes", Platform(), "native", name), Path.Combine(folder, name)];
        foreach (var candidate in candidates)
        {
            if (File.Exists(candidate) && NativeLibrary.TryLoad(candidate, out var handle))
            {
                return handle;
            }
        }

        return 0;
    }

    private static string Platform() =>
        $"{(OperatingSystem.IsWindows() ? "win" : OperatingSystem.IsMacOS() ? "osx" : "linux")}-{RuntimeInformation.ProcessArchitecture.ToString().ToLowerInvariant()}";
}
