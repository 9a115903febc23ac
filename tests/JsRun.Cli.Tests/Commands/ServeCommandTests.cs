namespace JsRun.Cli.Tests.Commands;

public sealed class ServeCommandTests
{
    [Fact]
    public async Task Serve_Folder_AnswersUntilStopped()
    {
        using var folder = new ScriptFolder(("hello/[name].ts", "export default { fetch: (r: Request, env: object, ctx: any) => new Response('hello ' + ctx.params.name) };"));
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        using var output = new SignalWriter("Serving ");
        using var error = new StringWriter();

        var running = CommandLine.RunAsync(["serve", folder.FullName, "--urls", "http://127.0.0.1:0"], new(TextReader.Null, output, error), stop.Token);
        var line = await output.Line.WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);
        using var client = new HttpClient { BaseAddress = new(line[line.IndexOf("http", StringComparison.Ordinal)..]) };

        (await client.GetStringAsync("/hello/you", TestContext.Current.CancellationToken)).ShouldBe("hello you");
        (await client.GetStringAsync("/_jsrun", TestContext.Current.CancellationToken)).ShouldContain("\"route\":\"/hello/{name}\"");
        await stop.CancelAsync();
        (await running.WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken)).ShouldBe(ExitCode.Success);
        error.ToString().ShouldBeEmpty();
    }

    [Theory]
    [InlineData("missing-folder", "does not exist")]
    [InlineData(". --urls nonsense", "nonsense")]
    [InlineData(". --allow-net=a/b", "JsRun:Permissions:0 is 'net:a/b'")]
    public async Task Serve_WrongUsage_ExitsWith2(string args, string expected)
    {
        var run = await CliRun.Async(["serve", .. args.Split(' ')]);

        run.ExitCode.ShouldBe(ExitCode.WrongUsage);
        run.Error.ShouldContain(expected);
    }
}
