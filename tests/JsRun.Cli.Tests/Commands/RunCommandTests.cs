namespace JsRun.Cli.Tests.Commands;

public sealed class RunCommandTests
{
    [Fact]
    public async Task Run_Module_RunsUntilItsLoopIsEmpty()
    {
        using var folder = new ScriptFolder(
            ("main.ts", "import { name } from './lib/name.ts';\nconst text: string = await name;\nconsole.log('start', text);\nsetTimeout(() => console.log('end'), 1);\nexport {};"),
            ("lib/name.ts", "export const name: Promise<string> = Promise.resolve('x');"));

        (await CliRun.Async("run", folder["main.ts"])).ShouldBe(new(ExitCode.Success, "start x\nend\n", ""));
    }

    [Theory]
    [InlineData("throw new TypeError('top')", "Uncaught TypeError: top")]
    [InlineData("setTimeout(() => { throw new TypeError('timer') }, 1)", "Uncaught TypeError: timer")]
    [InlineData("const = 1", "main.js")]
    [InlineData("import './missing.js'", "missing.js")]
    public async Task Run_ModuleFails_ShowsWhyAndExitsWith1(string code, string expected)
    {
        using var folder = new ScriptFolder(("main.js", code));

        var run = await CliRun.Async("run", folder["main.js"]);

        run.ExitCode.ShouldBe(ExitCode.ScriptFailed);
        run.Out.ShouldBeEmpty();
        run.Error.ShouldContain(expected);
    }

    [Fact]
    public async Task Run_EndlessLoopOfTimers_EndsAtTheTimeout()
    {
        using var folder = new ScriptFolder(("main.js", "setInterval(() => {}, 10)"));

        (await CliRun.Async("run", folder["main.js"], "--timeout", "0.2")).ShouldBe(new(ExitCode.ScriptFailed, "", "Timed out after 0.2 s (--timeout).\n"));
    }
}
