using System.Globalization;

namespace JsRun.Benchmarks;

/// <summary>
/// Many <c>PerRequest</c> requests over several functions through Kestrel: <c>-- soak [--requests 200000] [--concurrency 16] [--every 10000] [--tier Auto] [--only hello]</c>. Prints the resident memory by so many
/// requests, how many were answered by something else than 200, and whether the memory is flat once warm. The load comes from an <c>HttpClient</c> of the same process over the loopback
/// interface, whose memory is part of what is measured.
/// </summary>
internal static class SoakRun
{
    // A third is warm-up: tiered compilation, the pools of Kestrel and of the client, isolates by load.
    private const double Warm = 1 / 3d;

    // What is flat: over 100 000 requests it grows by no more than this.
    private const double FlatBytesPerThousand = 64 * 1024;

    public static async Task<int> RunAsync(string[] args)
    {
        var requests = Arguments.Option(args, "--requests", 200_000);
        var concurrency = Arguments.Option(args, "--concurrency", 16);
        var every = Arguments.Option(args, "--every", Math.Min(10_000, Math.Max(1, requests / 20)));
        var tier = Enum.Parse<JsImageTier>(Arguments.Option(args, "--tier") ?? nameof(JsImageTier.Auto));
        await using var server = await SoakServer.StartAsync(tier, Arguments.Option(args, "--only"));
        var load = new SoakLoad(server.Client, server.Paths, concurrency);
        List<SoakSample> samples = [];
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{requests} requests, {concurrency} at a time, {server.Paths.Count} functions, tiers: {server.Tiers}; the load comes from this process."));
        Console.WriteLine("| requests | RSS, MiB | managed heap, MiB | isolates | requests/s | not 200 |");
        Console.WriteLine("|--:|--:|--:|--:|--:|--:|");
        for (var done = 0; done < requests; done += every)
        {
            var rate = await load.RunAsync(Math.Min(every, requests - done));
            var sample = new SoakSample(Math.Min(requests, done + every), Resident());
            samples.Add(sample);
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"| {sample.Requests} | {sample.Resident / 1048576d:F1} | {GC.GetTotalMemory(false) / 1048576d:F1} | {server.Isolates} | {rate:F0} | {load.Failed} |"));
        }

        var warm = samples.Where(s => s.Requests >= requests * Warm).ToArray();
        var slope = SoakSample.Slope(warm);
        var flat = slope <= FlatBytesPerThousand;
        Console.WriteLine();
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"After warm-up ({warm[0].Requests} requests): {slope:F0} bytes per 1000 requests, {(flat ? "flat" : "NOT flat")} (at most {FlatBytesPerThousand:F0}). Not answered by 200: {load.Failed}."));
        foreach (var (what, count) in load.Failures)
        {
            Console.WriteLine($"  {what}: {count}");
        }

        return flat && load.Failed == 0 ? 0 : 1;
    }

    /// <summary>Of this process, in bytes.</summary>
    private static long Resident()
    {
        const string Name = "VmRSS:";
        if (!OperatingSystem.IsLinux())
        {
            return Environment.WorkingSet;
        }

        var line = File.ReadLines("/proc/self/status").First(static l => l.StartsWith(Name, StringComparison.Ordinal));
        return long.Parse(line[Name.Length..^2].Trim(), CultureInfo.InvariantCulture) * 1024;
    }
}
