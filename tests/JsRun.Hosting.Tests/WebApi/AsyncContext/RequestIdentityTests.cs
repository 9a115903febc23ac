namespace JsRun.Hosting.Tests.WebApi.AsyncContext;

/// <summary>In Shared, many requests interleave in one context: what belongs to which, as V8 carries it along every await.</summary>
public sealed class RequestIdentityTests
{
    // Each request of /a and /b waits for the other: whoever continues is entered on behalf of the other one.
    private const string Meeting = """
        const gates = {};
        const gate = (name) => gates[name] ??= Promise.withResolvers();
        const meet = async (url) => {
          const me = url.pathname, other = me === '/a' ? '/b' : '/a';
          gate(me).resolve();
          await gate(other).promise;
        };
        """;

    private const int Console = 101;

    [Theory]
    [InlineData("console.log('after ' + url.pathname);")]
    [InlineData("await null; await null; console.log('after ' + url.pathname);")]
    [InlineData("await Promise.all([(async () => { await null; console.log('after ' + url.pathname); })()]);")]
    [InlineData("await new Promise((resolve) => setTimeout(() => { console.log('after ' + url.pathname); resolve(); }, 1));")]
    [InlineData("await new Promise((resolve) => queueMicrotask(() => { console.log('after ' + url.pathname); resolve(); }));")]
    public async Task Console_RequestsInterleave_EachLineHasItsOwnRequest(string after)
    {
        await using var app = await SharedAsync();
        var function = await app.HandleAsync($"await meet(url); {after} return new Response(url.pathname);", top: Meeting);

        (await Task.WhenAll(function.GetAsync("/a"), function.GetAsync("/b"))).ShouldBe(["/a", "/b"]);

        foreach (var path in new[] { "/a", "/b" })
        {
            var entry = await app.Logs.WaitForAsync(e => e.Id == Console && e.Message.Contains($"after {path}", StringComparison.Ordinal));
            entry.Message.ShouldStartWith($"{path} after");
        }
    }

    [Fact]
    public async Task MaxConsoleBytes_RequestsInterleave_EachHasItsOwn()
    {
        await using var app = await SharedAsync(o => o.Limits.MaxConsoleBytes = 4096);
        var function = await app.HandleAsync("await meet(url); for (let i = 0; i < 3; i++) console.log(url.pathname + 'x'.repeat(1000)); await null; return new Response('ok');", top: Meeting);

        await Task.WhenAll(function.GetAsync("/a"), function.GetAsync("/b"));

        // Six lines are more than one request may write.
        app.Logs.Entries.Count(e => e.Id == Console && e.Message.Contains("xxx", StringComparison.Ordinal)).ShouldBe(6);
    }

    [Fact]
    public async Task Timers_RequestEnds_OnlyItsOwnAreStopped()
    {
        await using var app = await SharedAsync();
        // What is started after the meeting is started within an entry of the other one's.
        var function = await app.HandleAsync(
            """
            if (url.pathname === '/count') return new Response(String(ticks));
            await meet(url);
            if (url.pathname === '/a') { await new Promise((resolve) => { const t = setInterval(() => { if (++ticks === 5) { clearInterval(t); resolve(); } }, 1); }); return new Response('slow'); }
            return new Response('fast');
            """,
            top: Meeting + "let ticks = 0;");

        (await Task.WhenAll(function.GetAsync("/a"), function.GetAsync("/b"))).ShouldBe(["slow", "fast"]);
        (await function.GetAsync("/count")).ShouldBe("5");
    }

    private static Task<FunctionApp> SharedAsync(Action<JsRunOptions>? configure = null) => FunctionApp.StartAsync(o =>
    {
        o.Isolation = JsIsolation.Shared;
        o.Pool.MaxIsolates = 1;
        configure?.Invoke(o);
    });
}
