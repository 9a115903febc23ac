using JsRun.Interop;

namespace JsRun.Limits;

/// <summary>The CPU time of one thread, readable from any thread on Linux; elsewhere the wall clock stands in, which only ever counts more.</summary>
internal readonly struct ThreadClock
{
    private const int ThreadCpuTime = 3;
    private readonly int _id;

    private ThreadClock(int id) => _id = id;

    /// <summary>The clock of the calling thread.</summary>
    public static ThreadClock Current => OperatingSystem.IsLinux() ? new ThreadClock((~Libc.GetThreadId() << 3) | 6) : default;

    /// <summary>CPU time, to be read from any thread.</summary>
    public TimeSpan Read() => Read(_id);

    /// <summary>CPU time of the calling thread, which is cheaper.</summary>
    public static TimeSpan ReadOwn() => Read(OperatingSystem.IsLinux() ? ThreadCpuTime : 0);

    private static TimeSpan Read(int clock)
    {
        if (OperatingSystem.IsLinux() && clock != 0 && Libc.TryGetTime(clock, out var time))
        {
            return time;
        }

        return System.Diagnostics.Stopwatch.GetElapsedTime(0);
    }
}
