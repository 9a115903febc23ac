using System.Runtime.InteropServices;

namespace JsRun.Limits;

/// <summary>The CPU time of one thread, readable from any thread on Linux; elsewhere the wall clock stands in, which only ever counts more.</summary>
internal readonly partial struct ThreadClock
{
    private const int ThreadCpuTime = 3;
    private readonly int _id;

    private ThreadClock(int id) => _id = id;

    /// <summary>The clock of the calling thread.</summary>
    public static ThreadClock Current => OperatingSystem.IsLinux() ? new ThreadClock((~GetThreadId() << 3) | 6) : default;

    /// <summary>CPU time, to be read from any thread.</summary>
    public TimeSpan Read() => Read(_id);

    /// <summary>CPU time of the calling thread, which is cheaper.</summary>
    public static TimeSpan ReadOwn() => Read(OperatingSystem.IsLinux() ? ThreadCpuTime : 0);

    private static TimeSpan Read(int clock)
    {
        if (OperatingSystem.IsLinux() && clock != 0 && GetTime(clock, out var time) == 0)
        {
            return new TimeSpan((time.Seconds * TimeSpan.TicksPerSecond) + (time.Nanoseconds / 100));
        }

        return System.Diagnostics.Stopwatch.GetElapsedTime(0);
    }

    [LibraryImport("libc", EntryPoint = "clock_gettime")]
    private static partial int GetTime(int clock, out TimeSpec time);

    [LibraryImport("libc", EntryPoint = "gettid")]
    private static partial int GetThreadId();

    [StructLayout(LayoutKind.Sequential)]
    private struct TimeSpec
    {
        public long Seconds;
        public long Nanoseconds;
    }
}
