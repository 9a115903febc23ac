using System.Globalization;

namespace JsRun.Benchmarks;

/// <summary>
/// From the start of a process to its first answer of 200: <c>-- cold [--runs 15]</c>. The sample with its image in the cache, with an empty cache and by replay, beside an endpoint of C# alone
/// that was published in the same way, twice: the difference between the two is the noise. Interleaved; must be run from within the repository.
/// </summary>
internal static class ColdStartRun
{
    public static async Task RunAsync(string[] args)
    {
        var runs = Arguments.Option(args, "--runs", 15);
        using var apps = await ColdStartApps.PublishAsync();
        var cached = apps.NewCache();
        (string Name, string Application, Func<string[]> Options)[] lanes =
        [
            ("C# endpoint", apps.Plain, static () => []),
            ("C# endpoint (again)", apps.Plain, static () => []),
            ("sample, image in the cache", apps.Sample, () => ["--JsRun:Images:CachePath", cached]),
            ("sample, empty cache", apps.Sample, () => ["--JsRun:Images:CachePath", apps.NewCache()]),
            ("sample, Replay", apps.Sample, static () => ["--JsRun:Images:Tier", "Replay"]),
        ];
        await using (var first = await ColdProcess.StartAsync(apps.Sample, ["--JsRun:Images:CachePath", cached]))
        {
            await first.ReachHeapAsync();
        }

        var times = lanes.Select(static _ => new List<double>()).ToArray();
        for (var run = 0; run <= runs; run++)
        {
            for (var i = 0; i < lanes.Length; i++)
            {
                await using var process = await ColdProcess.StartAsync(lanes[i].Application, lanes[i].Options());
                if (run > 0)
                {
                    // The first of each only warms the files.
                    times[i].Add(process.Milliseconds);
                }
            }
        }

        Console.WriteLine("| process start to the first 200 | median, ms | quartiles | over C# |");
        Console.WriteLine("|---|--:|--:|--:|");
        var floor = Quantile(times[0], 0.5);
        for (var i = 0; i < lanes.Length; i++)
        {
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"| {lanes[i].Name} | {Quantile(times[i], 0.5):F0} | {Quantile(times[i], 0.25):F0} to {Quantile(times[i], 0.75):F0} | {Quantile(times[i], 0.5) - floor:+0;-0;0} |"));
        }

        Console.WriteLine();
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{runs} runs of each, interleaved. Noise (the same twice): {Math.Abs(Quantile(times[1], 0.5) - floor):F1} ms."));
    }

    private static double Quantile(List<double> values, double at)
    {
        var sorted = values.Order().ToArray();
        return sorted[(int)(at * (sorted.Length - 1))];
    }
}
