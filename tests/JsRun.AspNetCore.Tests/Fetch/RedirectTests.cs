using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace JsRun.AspNetCore.Tests.Fetch;

public sealed class RedirectTests
{
    [Theory]
    [InlineData(301, "POST", "GET", "")]
    [InlineData(302, "POST", "GET", "")]
    [InlineData(303, "POST", "GET", "")]
    [InlineData(303, "PUT", "GET", "")]
    [InlineData(301, "PUT", "PUT", "text")]
    [InlineData(307, "POST", "POST", "text")]
    [InlineData(308, "PUT", "PUT", "text")]
    public async Task Fetch_Redirected_KeepsOrChangesTheMethod(int status, string method, string then, string body)
    {
        await using var lab = await StartAsync();

        (await lab.RunAsync($"const r = await fetch(up + '/to/{status}?/describe', {{ method: '{method}', body: 'text' }}); const d = await r.json(); return [r.redirected, r.url === up + '/describe', d.method, d.body, d.headers['content-type'] !== undefined];"))
            .ShouldBe($"""[true,true,"{then}","{body}",{(body.Length > 0 ? "true" : "false")}]""");
    }

    [Fact]
    public async Task Fetch_RedirectedToAnotherOrigin_LeavesTheSecretsBehind()
    {
        await using var lab = await StartAsync();

        (await lab.RunAsync("""
            const headers = { authorization: 'secret', cookie: 'a=1', 'proxy-authorization': 'x', 'x-mine': '1' };
            const near = await (await fetch(up + '/to/302?/describe', { headers })).json();
            const far = await (await fetch(up + '/to/302?' + other + '/describe', { headers })).json();
            const back = await (await fetch(up + '/to/302?' + other + '/to/302?' + up + '/describe', { headers })).json();
            return [near, far, back].map((d) => [d.headers.authorization, d.headers.cookie, d.headers['x-mine']]);
            """)).ShouldBe("""[["secret","a=1","1"],[null,null,"1"],[null,null,"1"]]""");
    }

    [Fact]
    public async Task Fetch_Manual_GivesTheRedirectItself()
    {
        await using var lab = await StartAsync();

        (await lab.RunAsync("const r = await fetch(up + '/to/302?/describe', { redirect: 'manual' }); return [r.status, r.headers.get('location'), r.redirected];")).ShouldBe("""[302,"/describe",false]""");
    }

    [Fact]
    public async Task Fetch_RedirectModeError_Rejects()
    {
        await using var lab = await StartAsync();

        (await lab.RunAsync("return fetch(up + '/to/302?/describe', { redirect: 'error' }).catch((e) => `${e.name}: ${e.message}`);")).ShouldContain("TypeError: fetch failed: ");
    }

    [Theory]
    [InlineData(20, "true")]
    [InlineData(21, "\"more than 20 redirects\"")]
    public async Task Fetch_ManyRedirects_EndsAtTwenty(int count, string result)
    {
        await using var lab = await StartAsync();

        (await lab.RunAsync($"return fetch(up + '/count/{count}').then((r) => r.ok, (e) => e.message.replace('fetch failed: ', ''));")).ShouldBe(result);
    }

    [Fact]
    public async Task Fetch_StreamedBodyRedirected_RejectsUnlessItBecomesAGet()
    {
        await using var lab = await StartAsync();

        (await lab.RunAsync("""
            const send = (status) => fetch(`${up}/to/${status}?/describe`, { method: 'POST', duplex: 'half', body: new Response('text').body.pipeThrough(new TransformStream()) });
            return [await send(307).catch((e) => e.message.includes('cannot be sent again')), (await (await send(303)).json()).method];
            """)).ShouldBe("""[true,"GET"]""");
    }

    [Fact]
    public async Task Fetch_RedirectedToWhatNoPermissionGrants_IsRefusedAtTheHop()
    {
        var hits = 0;
        await using var lab = await StartAsync(app => app.MapGet("/secret", () => hits++));

        var message = await lab.RunAsync("return fetch(up + '/to/302?' + up.replace('127.0.0.1', 'localhost') + '/secret').catch((e) => `${e.cause.name}: ${e.message}`);");

        message.ShouldContain("PermissionDenied: ");
        message.ShouldContain("net:localhost");
        hits.ShouldBe(0);
    }

    [Theory]
    [InlineData("data:text/plain,x")]
    [InlineData("file:///etc/passwd")]
    [InlineData("http://[")]
    public async Task Fetch_RedirectedToWhatIsNoHttp_Rejects(string target)
    {
        await using var lab = await StartAsync();

        (await lab.RunAsync($"return fetch(up + '/to/302?{target}').catch((e) => e.message);")).ShouldContain("not an http or https URL");
    }

    [Fact]
    public async Task MaxSubrequests_RedirectsIncluded_RejectsOneTooMany()
    {
        await using var lab = await StartAsync(options: o => o.Limits.MaxSubrequests = 3);

        (await lab.RunAsync("return [await fetch(up + '/count/2').then((r) => r.ok)];")).ShouldBe("[true]");
        (await lab.RunAsync("return fetch(up + '/count/3').catch((e) => `${e.cause.name}: ${e.message}`);")).ShouldSatisfyAllConditions(t => t.ShouldContain("LimitReached: "), t => t.ShouldContain("JsRun:Limits:MaxSubrequests: 3"));
    }

    private static Task<FetchLab> StartAsync(Action<WebApplication>? map = null, Action<JsRunOptions>? options = null) => FetchLab.StartAsync(
        app =>
        {
            app.Map("/describe", FetchLab.DescribeAsync);
            app.Map("/to/{status:int}", (int status, HttpContext context) =>
            {
                context.Response.StatusCode = status;
                context.Response.Headers.Location = WebUtility.UrlDecode(context.Request.QueryString.Value![1..]);
            });
            app.Map("/count/{left:int}", (int left, HttpContext context) =>
            {
                if (left > 0)
                {
                    context.Response.Redirect($"/count/{left - 1}");
                }
            });
            map?.Invoke(app);
        },
        options);
}
