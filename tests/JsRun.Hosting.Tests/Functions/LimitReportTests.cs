using Microsoft.Extensions.Logging;

namespace JsRun.Hosting.Tests.Functions;

/// <summary>What is said when a limit is reached: once, and with the key that changes it.</summary>
[Trait("Clock", "real")]
public sealed class LimitReportTests
{
    private const string Waits = "await new Promise(() => setTimeout(() => {}, 60_000)); return new Response('late');";

    [Fact]
    public async Task Timeout_OfAFunction_IsNoErrorOfPolly()
    {
        await using var app = await FunctionApp.StartAsync(o => o.Limits.Timeout = TimeSpan.FromMilliseconds(100));
        var function = await app.HandleAsync(Waits);

        var error = await Should.ThrowAsync<JsTimeoutException>(() => function.GetAsync());

        error.Limit.ShouldBe("Timeout");
        error.Message.ShouldContain("JsRun:Limits:Timeout");
        app.Logs.Entries.ShouldNotContain(e => e.Category.StartsWith("Polly", StringComparison.Ordinal) || e.Level >= LogLevel.Error);
    }

    [Fact]
    public async Task Timeout_OfAGroup_NamesTheGroupsKey()
    {
        await using var app = await FunctionApp.StartAsync(o => o.Groups["tenant"] = new JsRunGroupOptions { Limits = { Timeout = TimeSpan.FromMilliseconds(100), CpuTime = TimeSpan.FromSeconds(20) } });
        app.Write("f.js", $"export default {{ async fetch() {{ {Waits} }} }}");
        var function = await app.DeployFileAsync("f.js", "tenant");

        (await Should.ThrowAsync<JsTimeoutException>(() => function.GetAsync())).Message.ShouldContain("JsRun:Groups:tenant:Limits:Timeout");
    }

    [Fact]
    public async Task CpuTime_OfAGroup_NamesTheGroupsKey()
    {
        await using var app = await FunctionApp.StartAsync(o => o.Groups["tenant"] = new JsRunGroupOptions { Limits = { CpuTime = TimeSpan.FromMilliseconds(100) } });
        app.Write("f.js", "export default { fetch() { for (;;); } }");
        var function = await app.DeployFileAsync("f.js", "tenant");

        var error = await Should.ThrowAsync<JsTimeoutException>(() => function.GetAsync());

        error.Limit.ShouldBe("CpuTime");
        error.Message.ShouldContain("JsRun:Groups:tenant:Limits:CpuTime");
    }

    [Fact]
    public async Task Wait_ThatIsTooLong_IsOfQueueTimeoutAndNotOfQueueLimit()
    {
        await using var app = await FunctionApp.StartAsync(o => (o.Pool.MaxIsolates, o.Pool.LeasesPerIsolate, o.Pool.QueueTimeout, o.Pool.QueueLimit) = (1, 1, TimeSpan.FromMilliseconds(100), 1));
        var function = await app.HandleAsync("await request.text(); return new Response('read');");
        var body = new System.IO.Pipelines.Pipe();
        var holder = function.SendAsync(EdgeFunctionCalls.Post(body.Reader));
        await Eventually.HoldsAsync(() => app.Pool.Leases == 1, () => $"{app.Pool}");

        var waits = function.GetAsync();
        var refused = await Should.ThrowAsync<JsPoolExhaustedException>(() => function.GetAsync());
        var waited = await Should.ThrowAsync<JsPoolExhaustedException>(() => waits);

        refused.Limit.ShouldBe("QueueLimit");
        waited.Limit.ShouldBe("QueueTimeout");
        await body.Writer.CompleteAsync();
        (await holder).ShouldBe("read");
    }

    [Fact]
    public async Task MaxConcurrency_OfAFunction_IsNamed()
    {
        await using var app = await FunctionApp.StartAsync(o => o.Limits.MaxConcurrency = 1);
        var function = await app.HandleAsync("await request.text(); return new Response('read');");
        var body = new System.IO.Pipelines.Pipe();
        var holder = function.SendAsync(EdgeFunctionCalls.Post(body.Reader));

        var refused = await Should.ThrowAsync<JsPoolExhaustedException>(() => function.GetAsync());

        refused.Limit.ShouldBe("MaxConcurrency");
        refused.Message.ShouldContain("JsRun:Limits:MaxConcurrency");
        app.Logs.Entries.ShouldNotContain(e => e.Category.StartsWith("Polly", StringComparison.Ordinal));
        await body.Writer.CompleteAsync();
        (await holder).ShouldBe("read");
    }
}
