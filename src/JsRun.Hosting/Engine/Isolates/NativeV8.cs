using System.Runtime.Loader;
using JsRun.Engine.Native;
using JsRun.Engine.Native.Binding;

namespace JsRun.Engine.Isolates;

/// <summary>Decides, once per process and when first asked, what of V8 beneath ClearScript's API is used.</summary>
internal static class NativeV8
{
    private static readonly Lazy<NativeCapabilities> Detected = new(Detect, LazyThreadSafetyMode.ExecutionAndPublication);

    /// <summary>What may be used under that setting. Thread-safe; the first call of the process tests V8 and takes some milliseconds.</summary>
    public static NativeCapabilities Detect(JsNativeMode mode) => mode == JsNativeMode.Off ? NativeCapabilities.None("V8's native layer is off: JsRun:Engine:Native is Off.") : Detected.Value;

    private static NativeCapabilities Detect()
    {
        if (AssemblyLoadContext.GetLoadContext(typeof(NativeV8).Assembly) is { IsCollectible: true } context)
        {
            // V8 lives as long as the process, and would keep pointers into code that is unloaded.
            return NativeCapabilities.None($"V8's native layer is not used: JsRun is loaded in '{context.Name}', a collectible AssemblyLoadContext, and V8 would call its code after it was unloaded.");
        }

        // The flags count when V8 starts, which the gate may be the first to do.
        EngineFlags.Apply();
        var flags = EngineFlags.TryApplyNative();
        V8Api v8;
        try
        {
            v8 = V8Gate.Pass();
        }
        catch (Exception e)
        {
            return NativeCapabilities.None($"V8's native layer is not used: {e.Message}.");
        }

        var capabilities = new NativeCapabilities("", $"{v8.Version} {v8.Fingerprint}");
        List<string> used = [];
        List<string> unused = [];
        using (var test = new NativeSelfTest(v8))
        {
            foreach (var capability in NativeCapability.All)
            {
                if (capability.Try(test) is { } error)
                {
                    unused.Add($"; without {capability.Name}: {(capability == NativeCapability.SealedPrivateNames ? flags : null) ?? error}");
                    continue;
                }

                capabilities = capability.Add(capabilities);
                used.Add(capability.Name);
            }
        }

        if (capabilities.LazyProperties)
        {
            v8.Lazies.Use();
        }

        return capabilities with { Reason = $"V8's native layer (V8 {v8.Version}): {(used.Count == 0 ? "nothing" : string.Join(", ", used))}{string.Concat(unused)}." };
    }
}
