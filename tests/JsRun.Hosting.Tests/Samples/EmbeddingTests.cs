using System.Text.RegularExpressions;
using Embedding;

namespace JsRun.Hosting.Tests.Samples;

/// <summary>The programs that show embedding say what they promise.</summary>
public sealed class EmbeddingTests
{
    [Theory]
    [InlineData("evaluation", "2 + 2 = 4|2 ** 100 = 1267650600228229401496703205376|undefined is undefined, null is null|text: HELLO|numbers: 1, 2, 3|order 7: 2 × tea, 1 × cup|total: 5|TypeError: Cannot read properties of undefined (reading 'amount')|  in price at prices.js:2")]
    [InlineData("bindings", "add(2, 3) = 5|script says: running 1.0|called back: 10, 20|ada, 1815|not-found: Nobody knows bob.|Hello Ada!|PermissionDenied: Permission denied: 'launch' requires op:launch, <any>")]
    [InlineData("async", "a timer gave 42|awaited at the top|finished by another evaluation|an endless loop, cancelled|and the runtime goes on")]
    [InlineData("modules", "€ 30.25 for 3 items|refused: The module loader has no module https://elsewhere.example/x.js.")]
    [InlineData("webassembly", "imported: 20 + 22 = 42|instantiated: 5 + 7 = 12|valid: True, without its end: False")]
    [InlineData("streams", "1 2 3 4 5 … cancelled: True|a|b|c|BYTES OF A FILE")]
    [InlineData("snapshots", "bonjour, tea?|each has its own state: 1, 1|refused: The snapshot is damaged: <any>")]
    [InlineData("threading", "four at a time: 6765, 10946, 17711, 28657|a hundred callers counted to 100")]
    [InlineData("limits", "an endless loop: JsTimeoutException: <any>|a promise that never settles: JsTimeoutException: <any>|endless recursion: JavaScriptException: RangeError: <any>|the runtime still computes: 42|endless memory: JsMemoryLimitException: <any>|the runtime is closed: True|a terminated loop: JsTerminatedException: <any>")]
    public async Task Program_SaysWhatItShows(string name, string expected)
    {
        await using var host = await TestHost.StartAsync();
        var output = new StringWriter();

        await Catalog.All[name](host.Runtimes, output);

        var said = string.Join('|', output.ToString().Split(Environment.NewLine, StringSplitOptions.RemoveEmptyEntries));
        said.ShouldMatch($"^{Regex.Escape(expected).Replace("<any>", "[^|]*", StringComparison.Ordinal)}$");
    }

    [Fact]
    public void Catalog_Names_AreTheReadmes() =>
        Catalog.All.Keys.ShouldBe(File.ReadLines(Path.Combine(Repository.Root, "samples/Embedding/README.md")).Where(l => l.StartsWith("| [", StringComparison.Ordinal)).Select(l => l[3..l.IndexOf(']', StringComparison.Ordinal)]));
}
