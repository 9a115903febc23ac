using Microsoft.Extensions.Logging;

namespace JsRun.Hosting.Tests.Runtimes;

/// <summary>What scripts write to the console, as an embedder hears it.</summary>
public sealed class ConsoleTests(OwnRuntime own) : IClassFixture<OwnRuntime>
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("debug", LogLevel.Debug)]
    [InlineData("log", LogLevel.Information)]
    [InlineData("info", LogLevel.Information)]
    [InlineData("dir", LogLevel.Information)]
    [InlineData("dirxml", LogLevel.Information)]
    [InlineData("warn", LogLevel.Warning)]
    [InlineData("error", LogLevel.Error)]
    public async Task Method_Text_HasItsLevel(string method, LogLevel level) => (await WriteAsync($"console.{method}('text')")).ShouldHaveSingleItem().Level.ShouldBe(level);

    [Theory]
    [InlineData("console.log('a', 1, [2, { b: null }])", "a 1 [ 2, { b: null } ]")]
    [InlineData("console.log('%s is %d%%', 'it', 42.5)", "it is 42.5%")]
    [InlineData("console.assert(true, 'no'); console.assert(false, 'yes')", "Assertion failed: yes")]
    [InlineData("console.count(); console.count(); console.countReset(); console.count('x')", "default: 1|default: 2|x: 1")]
    [InlineData("console.group('g'); console.log('in\\nside'); console.groupCollapsed('h'); console.log('deep'); console.groupEnd(); console.groupEnd(); console.log('out')", "g|  in\n  side|  h|    deep|out")]
    [InlineData("console.table([{ a: 1 }])", "┌─────────┬───┐\n│ (index) │ a │\n├─────────┼───┤\n│ 0       │ 1 │\n└─────────┴───┘")]
    public async Task Method_Arguments_AreShown(string code, string expected) => string.Join('|', (await WriteAsync(code)).Select(line => line.Text)).ShouldBe(expected);

    [Fact]
    public async Task Time_Label_IsMeasured() =>
        (await WriteAsync("console.time('load'); console.timeLog('load', 'half'); console.timeEnd('load')")).Select(line => line.Text).ShouldAllBe(text => text.StartsWith("load: "));

    [Theory]
    [InlineData("function where() { console.trace('here') }\nwhere()", "Trace: here\n    at where (<eval>:1:28)\n    at eval (<eval>:2:1)")]
    [InlineData("console.error(new Error('x'))", "Error: x\n    at eval (<eval>:1:15)")]
    [InlineData("const e = new Error('in a declaration'); console.error(e)", "Error: in a declaration\n    at eval (<eval>:1:11)")]
    public async Task Stack_Shown_HasTheAuthorsFramesOnly(string code, string expected) => (await WriteAsync(code)).ShouldHaveSingleItem().Text.ShouldBe(expected);

    private async Task<List<JsConsoleMessage>> WriteAsync(string code)
    {
        var lines = new List<JsConsoleMessage>();
        await using var runtime = await own.NewAsync(new JsRuntimeOptions { Console = { OnMessage = lines.Add } });
        await runtime.EvaluateAsync(code, Token);
        return lines;
    }
}
