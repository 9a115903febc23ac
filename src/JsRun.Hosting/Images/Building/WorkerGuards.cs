using System.Diagnostics;

namespace JsRun.Images.Building;

/// <summary>The limits that a worker keeps by itself. The time limit is its parent's.</summary>
internal static class WorkerGuards
{
    public const int OutOfMemory = 70;

    private static readonly TimeSpan SampleEvery = TimeSpan.FromMilliseconds(20);

    /// <summary>Requests come first, and so does every other process where memory is short.</summary>
    public static void BeLeastUrgent()
    {
        try
        {
            using var self = Process.GetCurrentProcess();
            self.PriorityClass = ProcessPriorityClass.BelowNormal;
            if (OperatingSystem.IsLinux())
            {
                File.WriteAllText("/proc/self/oom_score_adj", "1000");
            }
        }
        catch (Exception e) when (e is SystemException or IOException or System.ComponentModel.Win32Exception)
        {
            // It is as urgent as its parent then.
        }
    }

    /// <summary>Ends the process where it takes more memory than it may.</summary>
    public static void WatchMemory(long most) => Start("memory guard", () =>
    {
        using var self = Process.GetCurrentProcess();
        while (true)
        {
            self.Refresh();
            if (self.WorkingSet64 > most)
            {
                Console.Error.WriteLine($"the worker took more than {most >> 20} MiB of memory");
                Environment.Exit(OutOfMemory);
            }

            Thread.Sleep(SampleEvery);
        }
    });

    /// <summary>Ends the process when its parent has gone, which closes standard input.</summary>
    public static void WatchParent(Stream input) => Start("parent guard", () =>
    {
        try
        {
            while (input.ReadByte() >= 0)
            {
            }
        }
        catch (IOException)
        {
            // Gone as well.
        }

        using var self = Process.GetCurrentProcess();
        self.Kill();
    });

    private static void Start(string name, ThreadStart run) => new Thread(run) { IsBackground = true, Name = name }.Start();
}
