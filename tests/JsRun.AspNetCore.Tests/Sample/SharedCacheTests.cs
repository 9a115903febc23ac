using JsRun.AspNetCore.Tests.Fakes;

namespace JsRun.AspNetCore.Tests.Sample;

/// <summary>Several processes of one application, as an orchestrator starts them: at once, and with one cache.</summary>
public sealed class SharedCacheTests
{
    [Fact]
    public async Task TwoProcesses_StartedTogether_ShareImagesThatAThirdStartsFrom()
    {
        using var functions = new TempFolder();
        using var cache = new TempFolder();
        functions.Write("id.ts", "const made = [1, 2, 3].map((n) => n * 2); export default { fetch: () => new Response(made.join()) };");

        var otherStarts = SampleProcess.StartAsync(functions, cache);
        await using var one = await SampleProcess.StartAsync(functions, cache);
        await using var other = await otherStarts;
        await Task.WhenAll(ReachHeapAsync(one), ReachHeapAsync(other));

        await using var third = await SampleProcess.StartAsync(functions, cache);
        (await third.TierAsync("/id")).ShouldBe("Heap", "its image was in the cache");
        (await third.GetAsync("/id")).ShouldBe("2,4,6");
        Directory.GetFiles(cache.Path, "*.part").ShouldBeEmpty();
    }

    // Whatever the images' state is, every request is answered.
    private static async Task ReachHeapAsync(SampleProcess process)
    {
        do
        {
            (await process.GetAsync("/id")).ShouldBe("2,4,6");
            await process.NextImageAsync();
        }
        while (await process.TierAsync("/id") != "Heap");

        (await process.GetAsync("/id")).ShouldBe("2,4,6");
    }
}
