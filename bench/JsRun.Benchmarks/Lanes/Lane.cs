using System.Diagnostics;

namespace JsRun.Benchmarks;

/// <summary>Something that is done again and again, and measured.</summary>
internal abstract class Lane(string name)
{
    public string Name { get; } = name;

    /// <summary>How often it is done at the same time.</summary>
    public static int AtOnce { get; set; } = 1;

    public virtual Task StartAsync() => Task.CompletedTask;

    public async Task<LaneResult> RunAsync(int times)
    {
        using var process = Process.GetCurrentProcess();
        var latencies = new double[times];
        var cpu = process.TotalProcessorTime;
        var next = -1;
        await Task.WhenAll(Enumerable.Range(0, AtOnce).Select(async _ =>
        {
            for (var i = Interlocked.Increment(ref next); i < times; i = Interlocked.Increment(ref next))
            {
                await PauseAsync();
                var started = Stopwatch.GetTimestamp();
                await DoAsync();
                latencies[i] = Stopwatch.GetElapsedTime(started).TotalMicroseconds;
            }
        }));

        process.Refresh();
        var used = process.TotalProcessorTime - cpu;
        Array.Sort(latencies);
        return new LaneResult(used.TotalMicroseconds / times, latencies[times / 2], await MeasureMemoryAsync());
    }

    public virtual ValueTask EndAsync() => ValueTask.CompletedTask;

    protected abstract Task DoAsync();

    /// <summary>What is done before each, and counts as none of its latency.</summary>
    protected virtual Task PauseAsync() => Task.CompletedTask;

    protected virtual Task<double> MeasureMemoryAsync() => Task.FromResult(0d);
}
