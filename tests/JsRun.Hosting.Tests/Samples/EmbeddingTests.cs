using Embedding;

namespace JsRun.Hosting.Tests.Samples;

/// <summary>The programs that show embedding say what they promise.</summary>
public sealed class EmbeddingTests
{
    [Theory]
    [InlineData("evaluation", "4|1267650600228229401496703205376|HELLO|1, 2, 3|order 7: 2 × tea, 1 × cup|total 5|TypeError in price at prices.js:2")]
    [InlineData("bindings", "5|script says: running 1.0|10, 20|ada, 1815|not-found: Nobody knows bob.|Hello Ada!|PermissionDenied")]
    [InlineData("async", "42|awaited at the top|finished by another evaluation|an endless loop, cancelled|and the runtime goes on")]
    [InlineData("modules", "€ 30.25 for 3 items|refused: *")]
    [InlineData("webassembly", "42|12|valid: True, without its end: False")]
    [InlineData("streams", "1 2 3 4 5 |a|b|c|BYTES OF A FILE")]
    [InlineData("snapshots", "bonjour, tea?|each has its own state: 1, 1|damaged: JsSnapshotException")]
    [InlineData("threading", "6765, 10946, 17711, 28657|counted 100")]
    [InlineData("limits", "an endless loop: JsTimeoutException|a promise that never settles: JsTimeoutException|endless recursion: JavaScriptException|the runtime still computes: 42|endless memory: JsMemoryLimitException|the runtime is closed: True|a terminated loop: JsTerminatedException")]
    public async Task Program_SaysWhatItShows(string name, string expected)
    {
        await using var host = await TestHost.StartAsync();
        var output = new StringWriter();

        await Catalog.All[name](host.Runtimes, output);

        var said = string.Join('|', output.ToString().Split(Environment.NewLine, StringSplitOptions.RemoveEmptyEntries));
        if (expected.EndsWith('*'))
        {
            said.ShouldStartWith(expected.TrimEnd('*'));
        }
        else
        {
            said.ShouldBe(expected);
        }
    }

    [Fact]
    public void Catalog_Names_AreTheReadmes() =>
        Catalog.All.Keys.ShouldBe(File.ReadLines(Path.Combine(Repository.Root, "samples/Embedding/README.md")).Where(l => l.StartsWith("| [", StringComparison.Ordinal)).Select(l => l[3..l.IndexOf(']', StringComparison.Ordinal)]));
}
