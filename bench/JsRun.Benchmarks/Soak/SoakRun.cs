using System.Globalization;

namespace JsRun.Benchmarks;

/// <summary>
/// Many <c>PerRequest</c> requests over several functions through Kestrel: <c>-- soak [--requests 200000] [--concurrency 16] [--every 10000] [--tier Auto] [--only hello]</c>. Prints by so many
/// requests the resident memory, and what it consists of after a full collection of .NET's garbage, how many requests were answered by something else than 200, and whether the memory is
/// flat once warm. The load comes from an <c>HttpClient</c> of the same process over the loopback interface, whose memory is part of what is measured.
/// </summary>
internal static class SoakRun
{
    // A third is warm-up: tiered compilation, the pools of Kestrel and of the client, isolates by load.
    private const double Warm = 1 / 3d;

    // What is flat: over 100 000 requests it grows by no more than this.
    private const double FlatBytesPerThousand = 64 * 1024;

    private static readonly (string Name, Func<SoakSample, long> Value)[] Series =
    [
        ("RSS", static s => s.Before),
        ("RSS, collected", static s => s.Resident),
        (".NET, alive", static s => s.Managed),
        (".NET's heap", static s => s.Committed),
        ("V8, used", static s => s.HeapUsed),
        ("V8's heaps", static s => s.HeapTotal),
        ("malloc", static s => s.Allocated),
    ];

    public static async Task<int> RunAsync(string[] args)
    {
        var requests = Arguments.Option(args, "--requests", 200_000);
        var concurrency = Arguments.Option(args, "--concurrency", 16);
        var every = Arguments.Option(args, "--every", Math.Min(10_000, Math.Max(1, requests / 20)));
        var tier = Enum.Parse<JsImageMode>(Arguments.Option(args, "--tier") ?? nameof(JsImageMode.Auto));
        await using var server = await SoakServer.StartAsync(tier, Arguments.Option(args, "--only"));
        var load = new SoakLoad(server.Client, server.Paths, concurrency);
        List<SoakSample> samples = [];
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{requests} requests, {concurrency} at a time, {server.Paths.Count} functions, tiers: {server.Tiers}; the load comes from this process."));
        Console.WriteLine($"| requests | {string.Join(" | ", Series.Select(static s => s.Name + ", MiB"))} | isolates | requests/s | not 200 |");
        Console.WriteLine($"|--:{string.Concat(Series.Select(static _ => "|--:"))}|--:|--:|--:|");
        for (var done = 0; done < requests; done += every)
        {
            var rate = await load.RunAsync(Math.Min(every, requests - done));
            var sample = await SoakMemory.SampleAsync(Math.Min(requests, done + every), server);
            samples.Add(sample);
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"| {sample.Requests} | {string.Join(" | ", Series.Select(s => (s.Value(sample) / 1048576d).ToString("F1", CultureInfo.InvariantCulture)))} | {server.Isolates} | {rate:F0} | {load.Failed} |"));
        }

        var warm = samples.Where(s => s.Requests >= requests * Warm).ToArray();
        Console.WriteLine();
        Console.WriteLine($"Bytes per 1000 requests after warm-up ({warm[0].Requests} requests), and the standard error:");
        foreach (var (name, value) in Series)
        {
            var trend = SoakTrend.Of(warm, value);
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  {name}: {trend.Slope:F0} ± {trend.Error:F0}"));
        }

        var flat = SoakTrend.Of(warm, static s => s.Before).IsFlat(FlatBytesPerThousand) && SoakTrend.Of(warm, static s => s.Resident).IsFlat(FlatBytesPerThousand);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"The resident memory is {(flat ? "flat" : "NOT flat")} (at most {FlatBytesPerThousand:F0}, less two standard errors). Not answered by 200: {load.Failed}."));
        foreach (var (what, count) in load.Failures)
        {
            Console.WriteLine($"  {what}: {count}");
        }

        return flat && load.Failed == 0 ? 0 : 1;
    }
}
