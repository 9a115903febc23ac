using System.Net;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.Extensions.Logging;

namespace JsRun.Testing.Tests;

/// <summary>The sample, with functions and fakes of each test.</summary>
public sealed class JsFunctionTestTests : IAsyncLifetime
{
    private readonly JsFunctionTest _test = new();
    private readonly WebApplicationFactory<Program> _factory = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public ValueTask InitializeAsync()
    {
        // The worker would compete with the other tests for the processors.
        _test.Settings["Images:Tier"] = "Replay";
        return ValueTask.CompletedTask;
    }

    public async ValueTask DisposeAsync()
    {
        await _factory.DisposeAsync();
        _test.Dispose();
    }

    [Fact]
    public async Task Add_FunctionAndModule_AreServedBesideThoseOfTheApplication()
    {
        _test.Add("prices/[name].ts", "import { price } from '../_price.ts'; export default { fetch: (r: Request, env: any, ctx: any) => Response.json({ name: ctx.params.name, price, currency: env.CURRENCY }) };");
        _test.Add("_price.ts", "export const price: number = 42;");
        _test.Env["CURRENCY"] = "EUR";
        await using var app = _factory.With(_test);
        using var client = app.CreateClient();

        (await client.GetStringAsync("/prices/apple", Token)).ShouldBe("""{"name":"apple","price":42,"currency":"EUR"}""");
        (await client.GetAsync("/hello", Token)).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await client.GetAsync("/nowhere", Token)).StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Fetch_WithRules_AnswersInTurnAndRecords()
    {
        _test.Permissions.Add("net:api.example.com");
        _test.Fetch.When(HttpMethod.Post, "https://api.example.com/orders?x=1").RespondJson(new { Id = 7 }, HttpStatusCode.Created).Fail();
        _test.Add("order.ts", "export default { async fetch() { const r = await fetch('https://api.example.com/orders?x=1', { method: 'POST', body: 'apple', headers: { 'x-key': 'k' } }); return Response.json([r.status, await r.json()]); } };");
        await using var app = _factory.With(_test);
        using var client = app.CreateClient();

        (await client.GetStringAsync("/order", Token)).ShouldBe("""[201,{"id":7}]""");
        (await client.GetAsync("/order", Token)).StatusCode.ShouldBe(HttpStatusCode.InternalServerError);

        var sent = _test.Fetch.Requests[0];
        (sent.Method, sent.Url.AbsoluteUri, sent.Text, sent.Headers["X-Key"]).ShouldBe(("POST", "https://api.example.com/orders?x=1", "apple", "k"));
        _test.Fetch.Requests.Count.ShouldBe(2);
        _test.Verify();
    }

    [Fact]
    public async Task Verify_UnexpectedRequestAndOneThatNobodySent_ShowsTheDifference()
    {
        _test.Permissions.Add("net:api.example.com");
        _test.Fetch.When(HttpMethod.Get, "https://api.example.com/prices");
        _test.Fetch.When(HttpMethod.Get, "https://api.example.com/never").Optional();
        _test.Add("f.ts", "export default { async fetch() { await fetch('https://api.example.com/price'); return new Response('no'); } };");
        await using var app = _factory.With(_test);
        using var client = app.CreateClient();

        (await client.GetAsync("/f", Token)).StatusCode.ShouldBe(HttpStatusCode.InternalServerError);

        var message = Should.Throw<JsTestException>(_test.Verify).Message.ReplaceLineEndings("\n");
        message.ShouldContain("  - GET https://api.example.com/prices\n  + GET https://api.example.com/price\n");
        message.ShouldContain("Nobody sent GET https://api.example.com/prices.");
        message.ShouldNotContain("Nobody sent GET https://api.example.com/never");
    }

    [Fact]
    public async Task Fetch_WithoutPermission_IsRefusedAsEver()
    {
        _test.Fetch.When(HttpMethod.Get, "https://other.example.com/").Respond("secret").Optional();
        _test.Permissions.Add("net:api.example.com");
        _test.Add("f.ts", "export default { fetch: () => fetch('https://other.example.com/') };");
        await using var app = _factory.With(_test);
        using var client = app.CreateClient();

        (await client.GetAsync("/f", Token)).StatusCode.ShouldBe(HttpStatusCode.InternalServerError);
        _test.Fetch.Requests.ShouldBeEmpty();
    }

    [Fact]
    public async Task UseFakeTime_Advanced_DrivesTimers()
    {
        // The limits follow the clock too.
        _test.Settings["Limits:Timeout"] = "00:10:00";
        var time = _test.UseFakeTime();
        _test.Add("later.ts", "export default { async fetch() { await new Promise((done) => { setTimeout(done, 60_000); console.log('waiting'); }); return new Response('done'); } };");
        await using var app = _factory.With(_test);
        using var client = app.CreateClient();

        var later = client.GetStringAsync("/later", Token);
        await _test.Console.WaitForAsync("waiting", Token);
        time.Advance(TimeSpan.FromMinutes(1));
        (await later).ShouldBe("done");
    }

    [Fact]
    public async Task Console_Messages_HaveFunctionLevelAndText()
    {
        _test.Add("f.ts", "export default { fetch() { console.log('hello', 1); console.warn('careful'); return new Response('ok'); } };");
        await using var app = _factory.With(_test);
        using var client = app.CreateClient();

        await client.GetStringAsync("/f", Token);

        _test.Console.Messages.Select(static message => (message.Function, message.Level, message.Text)).ShouldBe([("/f", LogLevel.Information, "hello 1"), ("/f", LogLevel.Warning, "careful")]);
        _test.Console.ShouldContain("hello", LogLevel.Information);
        _test.Console.ShouldBeQuiet(LogLevel.Error);
        Should.Throw<JsTestException>(() => _test.Console.ShouldBeQuiet()).Message.ShouldContain("Warning /f: careful");
        Should.Throw<JsTestException>(() => _test.Console.ShouldContain("bye")).Message.ShouldContain("Information /f: hello 1");
    }

    [Fact]
    public async Task With_TwoTestsAtATime_ShareNothing()
    {
        using var other = new JsFunctionTest();
        other.Settings["Images:Tier"] = "Replay";
        other.Add("f.ts", "export default { fetch() { console.log('other'); return new Response('other'); } };");
        _test.Add("f.ts", "export default { fetch() { console.log('this'); return new Response('this'); } };");
        await using var first = _factory.With(_test);
        await using var second = _factory.With(other);
        using var one = first.CreateClient();
        using var two = second.CreateClient();

        (await one.GetStringAsync("/f", Token)).ShouldBe("this");
        (await two.GetStringAsync("/f", Token)).ShouldBe("other");
        _test.Console.Messages.ShouldHaveSingleItem().Text.ShouldBe("this");
        other.Console.Messages.ShouldHaveSingleItem().Text.ShouldBe("other");
    }

    [Theory]
    [InlineData("../f.ts")]
    [InlineData("a/../../f.ts")]
    [InlineData("/f.ts")]
    public void Add_PathThatLeadsOut_IsRefused(string path) => Should.Throw<ArgumentException>(() => _test.Add(path, "")).Message.ShouldContain("leads out of the folder");
}
