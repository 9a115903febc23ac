using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using System.Runtime.InteropServices;
using Microsoft.ClearScript;
using Microsoft.ClearScript.V8;

namespace JsRun.Engine.Isolates;

/// <summary>V8's native library: where it is in a process without a list of its dependencies, and what to do if it is not there.</summary>
internal static class EngineLibrary
{
    private const string NotLoaded = "Cannot load ClearScript V8 library";
    private const string WrongVersion = "does not match required version";

    // What ClearScript has a native package for.
    private static readonly string[] Platforms = ["linux-x64", "linux-arm64", "linux-arm", "osx-x64", "osx-arm64", "win-x64", "win-x86", "win-arm64"];

    /// <summary>Makes what needs the library.</summary>
    /// <exception cref="PlatformNotSupportedException">The library is missing, or there is none for this platform; the message names the package that has it.</exception>
    public static T Use<T>(Func<T> make)
    {
        try
        {
            return make();
        }
        // ClearScript looks for the library once; whoever comes later hears it from .NET.
        catch (TypeLoadException e) when (e is DllNotFoundException || e.Message.StartsWith(NotLoaded, StringComparison.Ordinal))
        {
            throw new PlatformNotSupportedException(Explain(RuntimeInformation.RuntimeIdentifier, Platform(), Version()), e);
        }
        catch (Exception e) when (e.Message.Contains(WrongVersion, StringComparison.Ordinal))
        {
            throw new PlatformNotSupportedException(
                $"V8's native library is of another version than ClearScript: {e.Message}. Reference Microsoft.ClearScript.V8.Native.{Platform()} in the version {Version()}, or not at all.", e);
        }
    }

    /// <param name="runtime">What .NET calls the platform.</param>
    /// <param name="platform">What ClearScript's packages are named after.</param>
    /// <param name="version">ClearScript's version.</param>
    public static string Explain(string runtime, string platform, string version) => runtime.Contains("musl", StringComparison.Ordinal)
        ? $"V8's native library cannot be loaded on {runtime}: ClearScript has none for musl (Alpine). Use an image with glibc, such as Debian or Ubuntu."
        : !Platforms.Contains(platform) ? $"There is no native library of V8 for {platform}: ClearScript has one for {string.Join(", ", Platforms)}. Run the application on one of them."
        : $"V8's native library for {platform} was not found, or does not load. Add the package Microsoft.ClearScript.V8.Native.{platform} to the application, in the version of ClearScript ({version}): dotnet add package Microsoft.ClearScript.V8.Native.{platform} --version {version}.";

    /// <summary>Has ClearScript find its native library where an application's output has it: beside the assembly, or below it in <c>runtimes</c>.</summary>
    public static void FindBeside() => NativeLibrary.SetDllImportResolver(typeof(V8Runtime).Assembly, Resolve);

    /// <summary>The folders in which ClearScript looks for its native library, in its order.</summary>
    [UnconditionalSuppressMessage("SingleFile", "IL3000", Justification = "A single file has no such folder: the path is empty then.")]
    public static IEnumerable<string> Folders()
    {
        if (Path.GetDirectoryName(typeof(V8Runtime).Assembly.Location) is { Length: > 0 } beside)
        {
            yield return Path.Combine(beside, "runtimes", Platform(), "native");
            yield return beside;
        }

        yield return AppContext.BaseDirectory;
        foreach (var path in new[] { AppDomain.CurrentDomain.RelativeSearchPath, HostSettings.AuxiliarySearchPath })
        {
            foreach (var folder in path?.Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries) ?? [])
            {
                yield return folder;
            }
        }
    }

    private static nint Resolve(string name, Assembly assembly, DllImportSearchPath? searchPath)
    {
        var folder = AppContext.BaseDirectory;
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

    private static string Version() => typeof(V8Runtime).Assembly.GetName().Version!.ToString();

    private static string Platform() =>
        $"{(OperatingSystem.IsWindows() ? "win" : OperatingSystem.IsMacOS() ? "osx" : "linux")}-{RuntimeInformation.ProcessArchitecture.ToString().ToLowerInvariant()}";
}
