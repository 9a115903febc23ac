using System.Diagnostics;

namespace JsRun.Benchmarks;

/// <summary>Something that is done again and again, and measured.</summary>
internal abstract class Lane(string name)
{
    public string Name { get; } = name;

    public virtual Task StartAsync() => Task.CompletedTask;

    public async Task<LaneResult> RunAsync(int times)
    {
        using var process = Process.GetCurrentProcess();
        var latencies = new double[times];
        var cpu = process.TotalProcessorTime;
        for (var i = 0; i < times; i++)
        {
            var started = Stopwatch.GetTimestamp();
            await DoAsync();
            latencies[i] = Stopwatch.GetElapsedTime(started).TotalMicroseconds;
        }

        process.Refresh();
        var used = process.TotalProcessorTime - cpu;
        Array.Sort(latencies);
        return new LaneResult(used.TotalMicroseconds / times, latencies[times / 2], await MeasureMemoryAsync());
    }

    public virtual ValueTask EndAsync() => ValueTask.CompletedTask;

    protected abstract Task DoAsync();

    protected virtual Task<double> MeasureMemoryAsync() => Task.FromResult(0d);
}
