using System.Runtime.InteropServices;
using Microsoft.ClearScript;
using Microsoft.ClearScript.V8;

namespace JsRun.Engine.Native.Binding;

/// <summary>
/// Lets through one build of V8 only. Offsets and calling conventions belong to it; a library that differs in a single instruction of what is used, or in the size of a segment,
/// is another.
/// </summary>
internal sealed unsafe class V8Gate
{
    private const string KnownVersion = "14.7.173.23-ClearScript";
    private const string KnownFingerprint = "af1ea5e3e954dace5d25903e3aeba6abfdfe791bb2108cdc38533a7b82752537";

    private V8Gate(V8Library library, string version)
    {
        Library = library;
        Version = version;
    }

    public V8Library Library { get; }

    public string Version { get; }

    /// <summary>Binds the native library, and has it call the hooks.</summary>
    /// <returns>V8, which nobody else can make.</returns>
    /// <exception cref="NativeLayerException">It is not the known one, or it cannot be hooked here.</exception>
    public static V8Api Pass()
    {
        if (!OperatingSystem.IsLinux() || RuntimeInformation.ProcessArchitecture != Architecture.X64)
        {
            throw new NativeLayerException($"it knows linux-x64 only, and this is {RuntimeInformation.RuntimeIdentifier}");
        }

        // ClearScript loads the library with its first runtime; with the first context, a script and a call, and their end, the loader has resolved the slots that are taken over.
        using (var runtime = new V8Runtime())
        using (var engine = runtime.CreateScriptEngine(V8ScriptEngineFlags.DisableGlobalMembers))
        using (var function = (ScriptObject)engine.Evaluate("() => { }"))
        {
            function.Invoke(false);
        }

        var library = V8Library.Find();
        var version = Marshal.PtrToStringUTF8(((delegate* unmanaged<nint>)library.Take("_ZN2v82V810GetVersionEv"))());
        RequireKnown(version, KnownFingerprint);
        var v8 = new V8Api(new V8Gate(library, version!));
        RequireKnown(version, v8.Fingerprint);
        NativeHooks.Install(v8, library);
        return v8;
    }

    /// <exception cref="NativeLayerException">It is another build.</exception>
    public static void RequireKnown(string? version, string fingerprint)
    {
        if (version != KnownVersion)
        {
            throw new NativeLayerException($"it knows V8 {KnownVersion}, and this is {version}");
        }

        if (fingerprint != KnownFingerprint)
        {
            throw new NativeLayerException($"this build of V8 {version} is not the known one (fingerprint {fingerprint})");
        }
    }
}
