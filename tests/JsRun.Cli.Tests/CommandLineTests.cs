namespace JsRun.Cli.Tests;

public sealed class CommandLineTests
{
    [Theory]
    [InlineData("Required command was not provided", "")]
    [InlineData("'frobnicate'", "frobnicate")]
    [InlineData("Specify exactly one of", "eval")]
    [InlineData("Specify exactly one of", "eval 1 --file $file")]
    [InlineData("does not exist", "eval --file missing.js")]
    [InlineData("does not exist", "run missing.js")]
    [InlineData("Required argument missing", "run")]
    [InlineData("--timeout is 'soon': specify seconds", "eval 1 --timeout soon")]
    [InlineData("--timeout is '0'", "eval 1 --timeout 0")]
    [InlineData("--timeout is '-1'", "eval 1 --timeout=-1")]
    [InlineData("--max-heap is '1M': specify a size from 8M to 16G", "eval 1 --max-heap 1M")]
    [InlineData("--max-heap is '17G'", "eval 1 --max-heap 17G")]
    [InlineData("--max-heap is 'lots'", "eval 1 --max-heap lots")]
    [InlineData("'--nonsense'", "eval 1 --nonsense")]
    [Trait("Upstream", "2.17: the command line")]
    public async Task RunAsync_WrongUsage_ExplainsAndExitsWith2(string expected, string args)
    {
        var file = Path.GetTempFileName();

        var run = await CliRun.Async([.. args.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(a => a == "$file" ? file : a)]);

        File.Delete(file);
        run.ExitCode.ShouldBe(ExitCode.WrongUsage);
        run.Out.ShouldBeEmpty();
        run.Error.ShouldContain(expected);
        run.Error.ShouldMatch("Try 'jsrun .*--help'");
    }

    [Fact]
    public async Task RunAsync_Help_ListsCommandsAndOptions()
    {
        (await CliRun.Async("--help")).Out.ShouldSatisfyAllConditions(text => text.ShouldContain("eval"), text => text.ShouldContain("run <FILE>"));

        var eval = await CliRun.Async("eval", "--help");

        eval.ExitCode.ShouldBe(ExitCode.Success);
        eval.Out.ShouldContain("--timeout <SECONDS>");
        eval.Out.ShouldContain("--max-heap <SIZE>");
        eval.Out.ShouldContain("--allow-net <HOST,...>");
        eval.Out.ShouldNotContain("--allow-net-everywhere");
    }
}
