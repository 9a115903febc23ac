using JsRun.AspNetCore.Tests.Kestrel;

namespace JsRun.AspNetCore.Tests.Fetch;

/// <summary>Functions that pass requests on.</summary>
[Collection(KestrelCollection.Name)]
public class ProxyTests
{
    private const string Echo = "export default { async fetch(r) { return new Response(`${r.method} [${await r.text()}] ${r.headers.get('cookie')} ${r.headers.get('content-length')}`); } };";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("PerRequest", "GET", "fetch(new Request(up, request))")]
    [InlineData("Shared", "GET", "fetch(new Request(up, request))")]
    [InlineData("PerRequest", "GET", "fetch(up, request)")]
    [InlineData("PerRequest", "GET", "fetch(up, new Request(request))")]
    [InlineData("PerRequest", "GET", "fetch(up, request.clone())")]
    [InlineData("PerRequest", "GET", "fetch(up, { method: request.method, headers: request.headers, body: request.body, duplex: 'half' })")]
    [InlineData("PerRequest", "GET", "fetch(new Request(new Request(up, request), { headers: { 'x-a': '1' } }))")]
    [InlineData("PerRequest", "POST", "fetch(new Request(up, request))")]
    public async Task Request_WithABody_IsPassedOnWhole(string isolation, string method, string code)
    {
        await using var server = await EdgeServer.StartAsync(
            new() { ["echo.js"] = Echo, ["f.js"] = $"export default {{ fetch(request) {{ const up = new URL('/echo', request.url); return {code}; }} }};" }, ("Isolation", isolation));
        using var request = new HttpRequestMessage(new HttpMethod(method), "/f") { Content = new StringContent("x=1") };

        using var response = await server.Client.SendAsync(request, Token);

        (await response.Content.ReadAsStringAsync(Token)).ShouldStartWith($"{method} [x=1] ");
    }

    [Theory]
    [InlineData("new Request(request.url, { method: 'GET', body: 'x' })")]
    [InlineData("new Request(new Request(request.url, { method: 'POST', body: 'x' }), { method: 'GET' })")]
    [InlineData("new Request(request.url, { body: new Blob(['x']).stream(), duplex: 'half' })")]
    public async Task Request_BodyOfTheScriptsOwnForGet_IsStillRefused(string code)
    {
        await using var server = await EdgeServer.StartAsync(new() { ["f.js"] = $"export default {{ fetch(request) {{ try {{ {code}; return new Response('made'); }} catch (e) {{ return new Response(e.name); }} }} }};" });

        (await server.GetStringAsync("/f")).ShouldBe("TypeError");
    }

    [Fact]
    public async Task Request_TwoCookieHeaders_AreOneOnTheWayOut()
    {
        await using var server = await EdgeServer.StartAsync(new()
        {
            ["echo.js"] = Echo,
            ["f.js"] = "export default { fetch(r) { const headers = new Headers([['cookie', 'a=1'], ['cookie', 'b=2']]); return fetch(new URL('/echo', r.url), { headers }); } };",
        });

        (await server.GetStringAsync("/f")).ShouldContain("] a=1; b=2 ");
    }

    [Theory]
    [InlineData("PerRequest")]
    [InlineData("Shared")]
    public async Task Fetch_UrlThatDotNetWouldRewrite_ArrivesAsTheScriptHasIt(string isolation)
    {
        string[] targets = ["/%65cho", "/e?a=%41%2d%2E%7e%5F", "/e?a=100%", "/e?a=%zz", "/e?a=|^`{}\\", "/e/%2e%2e%2fx", "/e/b%2e%2e", "/e/a%5Cb", "/e/\u00fc?\u00fc='\"<>", "/e//x///y", "/e;p=1?%e2%82%ac"];
        await using var server = await EdgeServer.StartAsync(new()
        {
            ["[...rest].js"] = "export default { fetch: (r) => new Response(r.url) };",
            ["f.js"] = $"export default {{ async fetch(r) {{ const out = []; for (const t of {System.Text.Json.JsonSerializer.Serialize(targets)}) {{ const u = new URL(t, r.url); const a = await fetch(u); out.push([u.href, a.url, await a.text()]); }} return Response.json(out); }} }};",
        }, ("Isolation", isolation));

        var seen = System.Text.Json.JsonSerializer.Deserialize<string[][]>(await server.GetStringAsync("/f"))!;

        seen.Length.ShouldBe(targets.Length);
        foreach (var url in seen)
        {
            url[1].ShouldBe(url[0]);
            url[2].ShouldBe(url[0]);
        }
    }
}
