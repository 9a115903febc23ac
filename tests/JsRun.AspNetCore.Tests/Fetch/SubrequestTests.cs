using System.Diagnostics;
using JsRun.AspNetCore.Tests.Kestrel;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace JsRun.AspNetCore.Tests.Fetch;

/// <summary>What a function's requests carry on from the request that it answers.</summary>
public sealed class SubrequestTests
{
    private const string CallsItself = """
        export default {
          async fetch(request) {
            const url = new URL(request.url);
            const deeper = await fetch(url, { headers: { 'cdn-loop': 'nothing' } }).then((r) => r.text(), (e) => e.message);
            return new Response(deeper.startsWith('fetch failed') ? `1 ${deeper}` : deeper.replace(/^\d+/, (n) => Number(n) + 1));
          },
        };
        """;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task MaxSubrequestDepth_FunctionThatCallsItself_IsStopped()
    {
        await using var server = await EdgeServer.ServeAsync(CallsItself, ("Limits:MaxSubrequestDepth", "3"));

        var answer = await server.GetStringAsync("/f");

        // The first was called by nobody of this kind; three more were called by one another.
        answer.ShouldStartWith("4 fetch failed: ");
        answer.ShouldContain("JsRun:Limits:MaxSubrequestDepth is 3");
        (await server.GetStringAsync("/f")).ShouldBe(answer);
    }

    [Fact]
    public async Task Fetch_InAFunction_NamesItselfBehindWhoPassedTheRequestOn()
    {
        await using var server = await EdgeServer.ServeAsync("export default { fetch: (request) => request.headers.has('x-inner') ? new Response(request.headers.get('cdn-loop')) : fetch(request.url, { headers: { 'x-inner': '1' } }) };");
        using var request = new HttpRequestMessage(HttpMethod.Get, "/f") { Headers = { { "CDN-Loop", "other; v=1" } } };

        using var response = await server.Client.SendAsync(request, Token);

        (await response.Content.ReadAsStringAsync(Token)).ShouldBe("other; v=1, jsrun");
    }

    [Fact]
    public async Task Fetch_InATrace_CarriesItOn()
    {
        using var listener = new ActivityListener { ShouldListenTo = source => source.Name == "Microsoft.AspNetCore", Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllData };
        ActivitySource.AddActivityListener(listener);
        await using var server = await EdgeServer.ServeAsync("export default { fetch: (request) => request.headers.has('x-inner') ? new Response(request.headers.get('traceparent')) : fetch(request.url, { headers: { 'x-inner': '1' } }) };");
        using var request = new HttpRequestMessage(HttpMethod.Get, "/f") { Headers = { { "traceparent", "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01" } } };

        using var response = await server.Client.SendAsync(request, Token);

        (await response.Content.ReadAsStringAsync(Token)).ShouldStartWith("00-0af7651916cd43dd8448eb211c80319c-");
    }

    [Theory]
    [InlineData("pull() { throw new Error('no first chunk'); }")]
    [InlineData("async pull() { await null; throw new Error('no first chunk'); }")]
    [InlineData("start(c) { c.error(new Error('no first chunk')); }")]
    [InlineData("pull(c) { c.enqueue('text'); }")]
    public async Task Stream_ErrorInTheFirstPull_IsA500(string source)
    {
        await using var server = await EdgeServer.ServeAsync($$"""export default { fetch: (request) => request.url.endsWith('?fine') ? new Response('fine') : new Response(new ReadableStream({ {{source}} })) };""");

        using var response = await server.GetAsync("/f");

        ((int)response.StatusCode).ShouldBe(500);
        response.Content.Headers.ContentType!.MediaType.ShouldBe("application/problem+json");
        (await response.Content.ReadAsStringAsync(Token)).ShouldContain("script-error");
        (await server.GetStringAsync("/f?fine")).ShouldBe("fine");
    }

    [Fact]
    public async Task Cookies_OfOneFunction_AreNotSentByAnother()
    {
        await using var lab = await FetchLab.StartAsync(app =>
        {
            app.MapGet("/set", (HttpContext context) => context.Response.Cookies.Append("a", "1"));
            app.MapGet("/show", (HttpContext context) => context.Request.Headers.Cookie.ToString());
        });

        (await lab.RunAsync("const set = await fetch(up + '/set'); return [set.headers.getSetCookie().length, await (await fetch(up + '/show')).text()];")).ShouldBe("""[1,""]""");
    }
}
