using System.Runtime.Loader;
using JsRun.Engine.Native;
using JsRun.Engine.Native.Binding;
using Microsoft.ClearScript.V8;

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
        V8Settings.GlobalFlags |= V8GlobalFlags.DisableBackgroundWork;
        string build;
        try
        {
            build = V8Gate.Pass();
        }
        catch (Exception e)
        {
            return NativeCapabilities.None($"V8's native layer is not used: {e.Message}.");
        }

        List<(string Name, string? Error)> results = [];
        using (var test = new NativeSelfTest())
        {
            results.Add(Try("images", test.Isolates));
            results.Add(Try("microtask queues of contexts", test.Queues));
            results.Add(Try("promise rejections", test.Rejections));
            results.Add(Try("request identity", test.Identity));
            results.Add(Try("imports of evaluated text", test.Imports));
            results.Add(Try("promises without a hook", test.Promises));
            results.Add(Try("interrupts of one request", test.Interrupts));
            results.Add(Try("contexts without an engine", test.LightContexts));
            results.Add(Try("lazy properties", test.Lazies));
        }

        LazyProperties.AreUsed = results[8].Error is null;
        var used = string.Join(", ", results.Where(r => r.Error is null).Select(r => r.Name));
        var unused = string.Concat(results.Where(r => r.Error is not null).Select(r => $"; without {r.Name}: {r.Error}"));
        return new NativeCapabilities($"V8's native layer (V8 {build.Split(' ')[0]}): {(used.Length == 0 ? "nothing" : used)}{unused}.", build)
        {
            Images = results[0].Error is null,
            ContextQueues = results[1].Error is null,
            PromiseRejections = results[2].Error is null,
            RequestIdentity = results[3].Error is null,
            TextImports = results[4].Error is null,
            PlainPromises = results[5].Error is null,
            SelectiveInterrupts = results[6].Error is null,
            LightContexts = results[7].Error is null,
            LazyProperties = results[8].Error is null,
        };
    }

    private static (string Name, string? Error) Try(string name, Action test)
    {
        try
        {
            test();
            return (name, null);
        }
        catch (Exception e)
        {
            return (name, e.Message);
        }
    }
}
