using System.Text.Json.Nodes;
using System.Xml.Linq;

namespace JsRun.Cli.Tests.Commands;

public sealed class TestCommandTests
{
    private const string Passing = "import { expect, test } from 'jsrun:test';\nimport add from './add.ts';\ntest('adds', () => { expect(add(1, 2)).toBe(3); });";

    [Fact]
    public async Task Test_Folder_RunsItsTestsAndSumsThemUp()
    {
        using var folder = new ScriptFolder(
            ("math/add.ts", "export default (a: number, b: number): number => a + b;"),
            ("math/add.test.ts", Passing),
            ("node_modules/other/other.test.ts", "throw new Error('not ours')"),
            (".hidden/other.test.ts", "throw new Error('not ours')"));

        var run = await CliRun.Async("test", folder.FullName);

        run.ExitCode.ShouldBe(ExitCode.Success, run.Out + run.Error);
        run.Out.ShouldMatch(@"^math/add\.test\.ts\n  ✓ adds \(\d+ ms\)\n\n1 passed, 0 failed \(\d+\.\d s\)\n$");
        run.Error.ShouldBeEmpty();
    }

    [Fact]
    public async Task Test_Failures_AreShownWithDiffAndPlace()
    {
        using var folder = new ScriptFolder(("a.test.js", """
            import { expect, test } from 'jsrun:test';
            test('differs', () => {
              console.log('said');
              expect({ a: 1, b: [1, 2] }).toEqual({ a: 1, b: [1, 3] });
            });
            test('throws', () => { throw new TypeError('no'); });
            test('is fine', () => {});
            """));

        var run = await CliRun.Async("test", folder.FullName);

        run.ExitCode.ShouldBe(ExitCode.ScriptFailed);
        run.Out.ShouldContain("  | said\n  ✗ differs");
        run.Out.ShouldContain("      b: [\n          1,\n    -     3,\n    +     2,\n");
        run.Out.ShouldMatch(@"at .*\(?a\.test\.js:4:\d+\)?\n");
        run.Out.ShouldContain("    TypeError: no\n");
        run.Out.ShouldNotContain("jsrun:");
        run.Out.ShouldContain("1 passed, 2 failed");
    }

    [Fact]
    public async Task Test_FakesOfAFunction_TakeThePlaceOfNetworkAndTime()
    {
        using var folder = new ScriptFolder(
            ("price.ts", """
                export default {
                  async fetch(request: Request, env: Record<string, string>, ctx: any) {
                    const { price } = await (await fetch(`https://shop.example/${ctx.params.id}`, { headers: { authorization: env.TOKEN! } })).json();
                    await new Promise((resolve) => setTimeout(resolve, 60_000));
                    return Response.json({ price, at: new Date().toISOString() });
                  },
                };
                """),
            ("price.test.ts", """
                import { context, expect, fakeFetch, fakeTime, test } from 'jsrun:test';
                import price from './price.ts';

                test('asks and waits', async () => {
                  const net = fakeFetch();
                  net.when('GET', 'https://shop.example/7').respondJson({ price: 42 });
                  const time = fakeTime('2030-01-01T00:00:00Z');
                  const answer = price.fetch(new Request('http://localhost/'), { TOKEN: 'secret' }, context({ params: { id: '7' } }));
                  await time.advance(60_000);
                  expect(await (await answer).json()).toEqual({ price: 42, at: '2030-01-01T00:01:00.000Z' });
                  expect(net.requests[0]!.headers).toMatchObject({ authorization: 'secret' });
                });
                test('has neither any more', async () => {
                  expect(Date.now()).toBeLessThan(Date.parse('2029-12-31T00:00:00Z') + 1e12);
                  await expect(fetch('https://shop.example/')).rejects.toThrow('net:shop.example');
                });
                """));

        var run = await CliRun.Async("test", folder.FullName);

        run.ExitCode.ShouldBe(ExitCode.Success, run.Out);
        run.Out.ShouldContain("2 passed, 0 failed");
    }

    [Theory]
    [InlineData("import './missing.ts';", "'missing.ts'. a.test.ts imports it.")]
    [InlineData("const = 1;", "(top level)")]
    [InlineData("throw new Error('early')", "Error: early")]
    [InlineData("import { test } from 'jsrun:test'; test('a', () => { setTimeout(() => { throw new Error('stray') }, 0); return new Promise(r => setTimeout(r, 5)); });", "stray")]
    [InlineData("import '../outside.ts';", "there is no file 'outside.ts'")]
    public async Task Test_BrokenFile_IsAFailure(string code, string expected)
    {
        using var folder = new ScriptFolder(("a.test.ts", code));

        var run = await CliRun.Async("test", folder.FullName);

        run.ExitCode.ShouldBe(ExitCode.ScriptFailed);
        run.Out.ShouldContain(expected);
        run.Out.ShouldContain("1 failed");
    }

    [Fact, Trait("Clock", "real")]
    public async Task Test_EndlessLoop_IsEndedAndNamed()
    {
        using var folder = new ScriptFolder(
            ("a.test.ts", "import { test } from 'jsrun:test'; test('waits', () => new Promise(() => {})); test('loops', () => { for (;;) {} }); test('never', () => {});"),
            ("b.test.ts", "import { test } from 'jsrun:test'; test('runs', () => {});"));

        var run = await CliRun.Async("test", folder.FullName, "--test-timeout", "50");

        run.ExitCode.ShouldBe(ExitCode.ScriptFailed);
        run.Out.ShouldMatch(@"✗ waits .*\n    Error: It took longer than 50 ms");
        run.Out.ShouldMatch(@"✗ loops .*\n    It did not return");
        run.Out.ShouldContain("✓ runs");
        run.Out.ShouldContain("1 passed, 2 failed");
    }

    [Fact]
    public async Task Test_Reporters_WriteForMachines()
    {
        using var folder = new ScriptFolder(("a.test.ts", """
            import { describe, expect, test } from 'jsrun:test';
            describe('group #1', () => {
              test('passes', () => { console.log('said'); });
              test('fails', () => { expect('a\u0001').toBe('<b>'); });
            });
            test.skip('later', () => {});
            test.todo('some day');
            """));

        (await CliRun.Async("test", folder.FullName, "--reporter", "tap")).Out.ShouldMatch(
            @"^TAP version 13\n# a\.test\.ts\n# said\nok 1 - a\.test\.ts: group \\#1 > passes\nnot ok 2 - [^\n]* > fails\n  ---\n  message: \|\n(    [^\n]*\n)+  \.\.\.\nok 3 - a\.test\.ts: later # SKIP\nnot ok 4 - [^\n]* # TODO\n1\.\.4\n$");

        using var results = new ScriptFolder();
        (await CliRun.Async("test", folder.FullName, "--reporter", "junit", "--output", results["out.xml"])).Out.ShouldBeEmpty();
        var suite = XDocument.Load(results["out.xml"]).Root!.Element("testsuite")!;
        new[] { "name", "tests", "failures", "skipped" }.Select(name => (string?)suite.Attribute(name)).ShouldBe(["a.test.ts", "4", "1", "2"]);
        suite.Elements("testcase").Single(test => test.Element("failure") is not null).Attribute("name")!.Value.ShouldBe("group #1 > fails");
        suite.Element("system-out")!.Value.ShouldBe("said\n");

        var lines = (await CliRun.Async("test", folder.FullName, "--json")).Out.Trim().Split('\n').Select(line => JsonNode.Parse(line)!).ToArray();
        lines.Select(line => (string?)line["outcome"] ?? (string?)line["console"]).ShouldBe(["said", "passed", "failed", "skipped", "todo", null]);
        lines[^1]["failed"]!.GetValue<int>().ShouldBe(1);
    }

    [Fact]
    public async Task Test_FileAndFilter_ChooseTests()
    {
        using var folder = new ScriptFolder(
            ("a.test.ts", "import { test } from 'jsrun:test'; import { x } from './x.ts'; test('one', () => {}); test('two', () => { if (env.NAME !== 'v' || x !== 1) throw env; });"),
            ("x.ts", "export const x = 1;"), ("b.test.ts", "throw 1"));

        var run = await CliRun.Async("test", folder["a.test.ts"], "--filter", "TWO$", "--env", "NAME=v");

        run.ExitCode.ShouldBe(ExitCode.Success, run.Out);
        run.Out.ShouldContain("1 passed, 0 failed");
        (await CliRun.Async("test", folder["a.test.ts"], "--filter", "none")).ShouldBe(
            new(ExitCode.ScriptFailed, "", "No test has a name that matches 'none' (--filter).\n"), new ErrorOnly());
    }

    [Fact]
    public async Task Test_NoFiles_SaysSo()
    {
        using var folder = new ScriptFolder(("a.ts", "1"));

        var run = await CliRun.Async("test", folder.FullName);

        run.ExitCode.ShouldBe(ExitCode.ScriptFailed);
        run.Error.ShouldContain("There are no test files in");
    }

    [Fact]
    public async Task Test_Watch_RunsAgainAfterAChange()
    {
        using var folder = new ScriptFolder(("a.test.ts", "import { test } from 'jsrun:test'; test('one', () => {});"));
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        using SignalWriter output = new("2 passed"), waiting = new("Waiting");

        var running = CommandLine.RunAsync(["test", folder.FullName, "--watch"], new(TextReader.Null, output, waiting), stop.Token);
        await waiting.Line.WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(folder["b.test.ts"], "import { test } from 'jsrun:test'; test('two', () => {});", TestContext.Current.CancellationToken);
        await output.Line.WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);
        await stop.CancelAsync();

        (await running.WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken)).ShouldBe(ExitCode.Success);
    }

    /// <summary>The duration in the output differs.</summary>
    private sealed class ErrorOnly : IEqualityComparer<CliRun>
    {
        public bool Equals(CliRun? x, CliRun? y) => x?.ExitCode == y?.ExitCode && x?.Error == y?.Error;

        public int GetHashCode(CliRun run) => run.ExitCode;
    }
}
