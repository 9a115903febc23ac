namespace JsRun.Cli.Tests.Commands;

public sealed class EvalCommandTests
{
    [Theory]
    [InlineData("1 + 1", "2\n")]
    [InlineData("'a \"b\"'", "a \"b\"\n")]
    [InlineData("''", "\n")]
    [InlineData("undefined", "")]
    [InlineData("null", "null\n")]
    [InlineData("12n", "12n\n")]
    [InlineData("[1, 'a', { b: null }]", "[1,\"a\",{\"b\":null}]\n")]
    [InlineData("const a = { b: 1 }; a.a = a; a", "{\"b\":1,\"a\":\"[Circular]\"}\n")]
    [InlineData("Promise.resolve(5)", "5\n")]
    [InlineData("new Promise(resolve => setTimeout(resolve, 1, 'later'))", "later\n")]
    [InlineData("[1, 2]", "[1,2]\n")]
    [InlineData("'@not-a-file'", "@not-a-file\n")]
    [Trait("Upstream", "2.17: the command line")]
    public async Task Eval_Code_PrintsItsCompletionValue(string code, string expected)
    {
        var run = await CliRun.Async("eval", code);

        run.ShouldBe(new(ExitCode.Success, expected, ""));
    }

    [Fact]
    public async Task Eval_LiveTimer_IsNotWaitedFor() =>
        (await CliRun.Async("eval", "setTimeout(() => console.log('never'), 1e9); 'now'")).ShouldBe(new(ExitCode.Success, "now\n", ""));

    [Fact]
    public async Task Eval_StandardInput_IsRead() => (await CliRun.WithInputAsync("6 * 7", "eval", "-")).ShouldBe(new(ExitCode.Success, "42\n", ""));

    [Fact]
    [Trait("Upstream", "2.17: the command line")]
    public async Task Eval_File_IsRead()
    {
        using var folder = new ScriptFolder(("sum.js", "[1, 2, 3].reduce((a, b) => a + b)"));

        (await CliRun.Async("eval", "--file", folder["sum.js"])).ShouldBe(new(ExitCode.Success, "6\n", ""));
    }

    [Fact]
    public async Task Eval_Console_IsSplitByLevel() =>
        (await CliRun.Async("eval", "console.log('l'); console.info('i'); console.debug('d'); console.warn('w'); console.error('e')")).ShouldBe(new(ExitCode.Success, "l\ni\nd\n", "w\ne\n"));

    [Theory]
    [InlineData("throw new TypeError('no')", "Uncaught TypeError: no\n    at ")]
    [InlineData("Promise.reject(new RangeError('late'))", "Uncaught RangeError: late")]
    [InlineData("throw 'text'", "Uncaught Error: text")]
    [InlineData("throw { hostException: 1 }", "Uncaught ")]
    [InlineData("1 +", "Uncaught SyntaxError: ")]
    [InlineData("fetch('https://api.example.com/')", "net:api.example.com")]
    [Trait("Upstream", "2.17: the command line")]
    public async Task Eval_ScriptFails_ShowsWhyAndExitsWith1(string code, string expected)
    {
        var run = await CliRun.Async("eval", code);

        run.ExitCode.ShouldBe(ExitCode.ScriptFailed);
        run.Out.ShouldBeEmpty();
        run.Error.ShouldContain(expected);
        run.Error.ShouldNotContain("jsrun:runtime");
    }

    [Theory]
    [InlineData("for (;;) {}")]
    [InlineData("new Promise(() => {})")]
    public async Task Eval_Timeout_EndsTheScript(string code) =>
        (await CliRun.Async("eval", code, "--timeout", "0.2")).ShouldBe(new(ExitCode.ScriptFailed, "", "Timed out after 0.2 s (--timeout).\n"));

    [Fact]
    public async Task Eval_MaxHeap_EndsTheScript()
    {
        var run = await CliRun.Async("eval", "const all = []; for (;;) all.push(new Array(1000).fill(all.length))", "--max-heap", "32M");

        run.ExitCode.ShouldBe(ExitCode.ScriptFailed);
        run.Error.ShouldContain("heap");
    }

    [Theory]
    [InlineData("--env A=1 --env B=x=y", "{\"A\":\"1\",\"B\":\"x=y\"}\n")]
    [InlineData("--allow-env=JsRun__Images__*", "{\"JsRun__Images__Tier\":\"Replay\"}\n")]
    [InlineData("--allow-env=JsRun__Images__Tier --env JsRun__Images__Tier=1", "{\"JsRun__Images__Tier\":\"1\"}\n")]
    public async Task Eval_Env_IsAGlobal(string args, string expected) =>
        (await CliRun.Async(["eval", "env", .. args.Split(' ')])).ShouldBe(new(ExitCode.Success, expected, ""));

    [Fact]
    public async Task Eval_AllEnv_IsGrantedByTheBareOption() =>
        (await CliRun.Async("eval", "--allow-env", "env.JsRun__Images__Tier")).Out.ShouldBe("Replay\n");

    [Theory]
    [InlineData("--env=novalue", "--env is 'novalue': write NAME=VALUE.")]
    [InlineData("--allow-env=A-B", "--allow-env is 'A-B'")]
    public async Task Eval_WrongEnv_IsWrongUsage(string arg, string expected)
    {
        var run = await CliRun.Async("eval", "1", arg);

        run.ExitCode.ShouldBe(ExitCode.WrongUsage);
        run.Error.ShouldContain(expected);
    }

    [Fact]
    public async Task Eval_WrongHost_IsWrongUsage()
    {
        var run = await CliRun.Async("eval", "1", "--allow-net=https://a.example");

        run.ExitCode.ShouldBe(ExitCode.WrongUsage);
        run.Error.ShouldContain("net:https://a.example");
    }
}
