using System.Text.Json.Nodes;

namespace JsRun.Cli.Tests.Commands;

public sealed class ServeCommandTests
{
    [Fact]
    public async Task Serve_Folder_AnswersUntilStopped()
    {
        using var folder = new ScriptFolder(("hello/[name].ts", "export default { fetch: (r: Request, env: any, ctx: any) => new Response(env.GREETING + ' ' + ctx.params.name) };"), ("broken.ts", "export default {"));
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        using var output = new SignalWriter("Serving ");
        using var error = new StringWriter();

        var running = CommandLine.RunAsync(["serve", folder.FullName, "--urls", "http://127.0.0.1:0", "--env", "GREETING=hello"], new(TextReader.Null, output, error), stop.Token);
        var line = await output.Line.WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);
        using var client = new HttpClient { BaseAddress = new(line.Split('\n')[0][line.IndexOf("http", StringComparison.Ordinal)..]) };
        line.Split('\n')[1..].ShouldBe(["  /broken        broken.ts  (Failed: " + Line(line, "broken").Split("(Failed: ")[1], "  /hello/{name}  hello/[name].ts", $"Status: {client.BaseAddress}_jsrun"]);

        (await client.GetStringAsync("/hello/you", TestContext.Current.CancellationToken)).ShouldBe("hello you");
        (await client.GetStringAsync("/_jsrun", TestContext.Current.CancellationToken)).ShouldContain("\"route\":\"/hello/{name}\"");
        await stop.CancelAsync();
        (await running.WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken)).ShouldBe(ExitCode.Success);
        error.ToString().ShouldBeEmpty();
    }

    [Fact]
    public async Task Serve_Json_WritesWhatIsServed()
    {
        using var folder = new ScriptFolder(("home.ts", "export default { fetch: (r, env) => new Response(env.HOME ?? 'none') };"));
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        using var output = new SignalWriter("{");

        var running = CommandLine.RunAsync(["serve", folder.FullName, "--urls", "http://127.0.0.1:0", "--json", "--allow-env=HOME"], new(TextReader.Null, output, TextWriter.Null), stop.Token);
        var served = JsonNode.Parse(await output.Line.WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken))!;
        using var client = new HttpClient { BaseAddress = new(served["urls"]![0]!.GetValue<string>()) };

        served["routes"]![0]!.ToJsonString().ShouldBe("""{"route":"/home","file":"home.ts","state":"Ready","error":null}""");
        (await client.GetAsync(served["status"]!.GetValue<string>(), TestContext.Current.CancellationToken)).IsSuccessStatusCode.ShouldBeTrue();
        (await client.GetStringAsync("/home", TestContext.Current.CancellationToken)).ShouldBe(Environment.GetEnvironmentVariable("HOME") ?? "none");
        await stop.CancelAsync();
        (await running.WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken)).ShouldBe(ExitCode.Success);
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

    private static string Line(string text, string part) => text.Split('\n').Single(line => line.Contains(part, StringComparison.Ordinal));
}
