using Microsoft.ClearScript.V8;

namespace JsRun.Engine;

/// <summary>V8 as the process has it: loaded once, and started with flags that cannot be changed afterwards. Thread-safe.</summary>
internal static class V8Process
{
    private static readonly Lazy<bool> Started = new(Load, LazyThreadSafetyMode.ExecutionAndPublication);

    static V8Process()
    {
        // Interrupts and memory limits stay honest only without V8's work on thread-pool threads: docs/adr/0003. The flags count when V8 starts.
        V8Settings.GlobalFlags |= V8GlobalFlags.DisableBackgroundWork;
    }

    /// <summary>Has V8 start in the background, which takes some tenths of a second of a process's start: the host is built meanwhile.</summary>
    public static void Begin()
    {
        if (!Started.IsValueCreated)
        {
            new Thread(static () =>
            {
                try
                {
                    Start();
                }
                catch (Exception e) when (e is not OutOfMemoryException)
                {
                    // Whoever makes the first isolate is told.
                }
            })
            { IsBackground = true, Name = "JsRun V8 start" }.UnsafeStart();
        }
    }

    /// <summary>Returns when V8 has started.</summary>
    public static void Start() => _ = Started.Value;

    private static bool Load()
    {
        // ClearScript loads its library with its first runtime.
        new V8Runtime().Dispose();
        return true;
    }
}
