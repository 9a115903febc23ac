using System.Globalization;
using Microsoft.ClearScript.V8;

namespace JsRun.Benchmarks;

/// <summary>
/// The targets for pristine state, each with its lane, interleaved in rounds: <c>-- lanes [--rounds 5] [--requests 400] [--at-once 1] [--only "hello, heap"]</c>. With more than one at a time
/// the threads that wait for an answer do not spin, as .NET's thread pool has them, in the CPU time of the lane. Prints the medians, the spread of a lane
/// against itself, and the ratios that the targets are about. CPU time is the whole process's.
/// </summary>
internal static class LaneRun
{
    public static async Task RunAsync(string[] args)
    {
        // Whoever starts V8 decides for the whole process: without it the lanes would run with work in the background.
        V8Settings.GlobalFlags |= V8GlobalFlags.DisableBackgroundWork;
        var rounds = Arguments.Option(args, "--rounds", 5);
        var requests = Arguments.Option(args, "--requests", 400);
        Lane.AtOnce = Arguments.Option(args, "--at-once", 1);
        var only = Arguments.Option(args, "--only");
        var lanes = Lanes.All.Where(l => only is null || l.Name.Contains(only, StringComparison.OrdinalIgnoreCase)).ToArray();
        foreach (var lane in lanes)
        {
            await lane.StartAsync();
            // .NET compiles what is hot a second time.
            await lane.RunAsync(requests);
        }

        var results = lanes.ToDictionary(l => l, _ => new List<LaneResult>());
        for (var round = 0; round < rounds; round++)
        {
            foreach (var lane in lanes)
            {
                Console.Error.WriteLine($"{round + 1} of {rounds}: {lane.Name}");
                results[lane].Add(await lane.RunAsync(requests));
            }
        }

        Console.WriteLine("| lane | CPU, µs each | p50, µs | memory, KiB each | spread of CPU |");
        Console.WriteLine("|---|--:|--:|--:|--:|");
        foreach (var lane in lanes)
        {
            var all = results[lane];
            var cpu = all.Select(r => r.Cpu).Order().ToArray();
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| {lane.Name} | {cpu[cpu.Length / 2]:F0} | {Median(all.Select(r => r.Latency)):F0} | {Median(all.Select(r => r.Memory)):F0} | {cpu[0]:F0} to {cpu[^1]:F0} |"));
        }

        foreach (var lane in lanes)
        {
            await lane.EndAsync();
        }
    }

    private static double Median(IEnumerable<double> values)
    {
        var sorted = values.Order().ToArray();
        return sorted[sorted.Length / 2];
    }
}
