using System.Runtime.InteropServices;
using JsRun.Engine.Isolates;
using JsRun.Engine.Native;

namespace JsRun.Images;

/// <summary>Everything but the functions that an image depends on: whatever of it differs, the image is another.</summary>
/// <param name="Text">All of it.</param>
internal sealed record ImageIdentity(string Text)
{
    // The web layer is a part of the assembly, as is what the builder does to a context.
    private static readonly Guid Assembly = typeof(ImageIdentity).Module.ModuleVersionId;
    private static readonly string[] Variables = ["TZ", "LANG", "LC_ALL"];

    public static ImageIdentity Of(NativeCapabilities native)
    {
        var clearScript = EngineVersion.Current;
        var platform = $"{RuntimeInformation.RuntimeIdentifier} {RuntimeInformation.ProcessArchitecture} {RuntimeInformation.OSDescription}";
        // Time zone and locale are read by the top level of functions.
        var environment = string.Join('|', Variables.Select(name => Environment.GetEnvironmentVariable(name))) + TimeZoneInfo.Local.Id;
        return new ImageIdentity(string.Join('\n', Assembly, native.Identity, native.LazyProperties, native.SealedPrivateNames, clearScript, platform, Processor(), environment, EngineFlags.Current));
    }

    /// <summary>What the processor can do: V8 makes code for it.</summary>
    private static string Processor()
    {
        try
        {
            return OperatingSystem.IsLinux()
                ? File.ReadLines("/proc/cpuinfo").FirstOrDefault(l => l.StartsWith("flags", StringComparison.Ordinal) || l.StartsWith("Features", StringComparison.Ordinal)) ?? ""
                : "";
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // What cannot be read tells images apart no further.
            return "";
        }
    }
}
