using JsRun.Interop;
using JsRun.Limits;

namespace JsRun.Engine.Isolates;

/// <summary>
/// Ends the process without V8's own end if a thread is inside V8 then: the library's static objects are destroyed at exit, beneath whatever still runs in it, and a process that had done all its
/// work would end by a segmentation fault. The exit code is the process's own, and .NET's exit handlers have run. Thread-safe.
/// </summary>
internal static class ProcessEnd
{
    private static readonly Lock Sync = new();
    private static readonly HashSet<WatchSlot> Slots = [];

    /// <summary>An isolate's thread begins.</summary>
    public static void Add(WatchSlot slot)
    {
        lock (Sync)
        {
            Slots.Add(slot);
            // The last one again: the handlers of others are called first.
            AppDomain.CurrentDomain.ProcessExit -= OnProcessExit;
            AppDomain.CurrentDomain.ProcessExit += OnProcessExit;
        }
    }

    /// <summary>It has left V8 for good. What nobody needs any more does not keep this assembly from being unloaded.</summary>
    public static void Remove(WatchSlot slot)
    {
        lock (Sync)
        {
            if (Slots.Remove(slot) && Slots.Count == 0)
            {
                AppDomain.CurrentDomain.ProcessExit -= OnProcessExit;
            }
        }
    }

    private static void OnProcessExit(object? sender, EventArgs e)
    {
        lock (Sync)
        {
            // Windows ends all other threads before it tells the libraries.
            if (OperatingSystem.IsWindows() || !Slots.Any(static slot => slot.IsActive))
            {
                return;
            }
        }

        try
        {
            Libc.EndWithoutDestructors();
        }
        catch (Exception)
        {
            // Neither way is open: the process ends as it would have.
        }
    }
}
