using Microsoft.ClearScript.V8;

namespace JsRun.Engine.Native;

/// <summary>Decides, once per process and when first asked, what of V8 beneath ClearScript's API is used.</summary>
internal static class NativeV8
{
    private static readonly Lazy<NativeCapabilities> Detected = new(Detect, LazyThreadSafetyMode.ExecutionAndPublication);

    /// <summary>What may be used under that setting. Thread-safe; the first call of the process tests V8 and takes some milliseconds.</summary>
    public static NativeCapabilities Detect(JsNativeMode mode) => mode == JsNativeMode.Off ? NativeCapabilities.None("V8's native layer is off: JsRun:Engine:Native is Off.") : Detected.Value;

    private static NativeCapabilities Detect()
    {
        // The flags count when V8 starts, which the gate may be the first to do.
        V8Settings.GlobalFlags |= V8GlobalFlags.DisableBackgroundWork;
        string build;
        try
        {
            build = V8Gate.Pass();
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            return NativeCapabilities.None($"V8's native layer is not used: {e.Message}.");
        }

        (string Name, string? Error) images = Try("images", NativeSelfTest.Isolates), queues = Try("microtask queues of contexts", NativeSelfTest.Queues);
        (string Name, string? Error) rejections = Try("promise rejections", NativeSelfTest.Rejections), identity = Try("request identity", NativeSelfTest.Identity);
        (string Name, string? Error)[] all = [images, queues, rejections, identity];
        var used = string.Join(", ", all.Where(t => t.Error is null).Select(t => t.Name));
        var unused = string.Concat(all.Where(t => t.Error is not null).Select(t => $"; without {t.Name}: {t.Error}"));
        return new NativeCapabilities($"V8's native layer (V8 {build.Split(' ')[0]}): {(used.Length == 0 ? "nothing" : used)}{unused}.", build)
        {
            Images = images.Error is null,
            ContextQueues = queues.Error is null,
            PromiseRejections = rejections.Error is null,
            RequestIdentity = identity.Error is null,
        };
    }

    private static (string Name, string? Error) Try(string name, Action test)
    {
        try
        {
            test();
            return (name, null);
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            return (name, e.Message);
        }
    }
}
