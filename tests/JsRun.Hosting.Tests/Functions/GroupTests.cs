namespace JsRun.Hosting.Tests.Functions;

/// <summary>Invariant 5: an isolate serves one pool group for its whole life.</summary>
[Trait("Clock", "real")]
public sealed class GroupTests
{
    [Fact]
    public async Task Groups_TwoTenants_ShareNeitherIsolateNorEnvironmentNorFate()
    {
        await using var app = await FunctionApp.StartAsync(o =>
        {
            o.Env["NAME"] = "default";
            o.Pool.MaxIsolates = 1;
            o.Groups["tenant"] = new JsRunGroupOptions { Env = { ["NAME"] = "tenant" }, Limits = { CpuTime = TimeSpan.FromMilliseconds(300) } };
        });
        app.Write("name.js", "export default { async fetch(request, env) { if (request.body) { console.log('waits'); await request.text(); } return new Response(env.NAME) } }");
        app.Write("loop.js", "export default { fetch() { for (;;); } }");
        var mine = await app.DeployFileAsync("name.js", "");
        var theirs = await app.DeployFileAsync("name.js", "tenant");
        var loop = await app.DeployFileAsync("loop.js", "tenant");
        var body = new System.IO.Pipelines.Pipe();
        var waiting = mine.SendAsync(EdgeFunctionCalls.Post(body.Reader));
        await app.Logs.WaitForAsync(e => e.Message.Contains("waits", StringComparison.Ordinal));

        (await Record.ExceptionAsync(async () => await loop.GetAsync())).ShouldBeOfType<JsTimeoutException>();

        // The neighbour of another group lost nothing.
        await body.Writer.CompleteAsync();
        (await waiting).ShouldBe("default");
        (await theirs.GetAsync()).ShouldBe("tenant");
        app.Host.Functions.GetPoolStatus("tenant").MaxIsolates.ShouldBe(1);
        Should.Throw<ArgumentException>(() => app.Host.Functions.GetPoolStatus("nobody")).Message.ShouldContain("JsRun:Groups:nobody");
    }
}
