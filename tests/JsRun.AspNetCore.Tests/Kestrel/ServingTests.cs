using System.Net;
using System.Text.Json;

namespace JsRun.AspNetCore.Tests.Kestrel;

[Collection(KestrelCollection.Name)]
public class ServingTests
{
    private const string Echo = """
        export default {
          async fetch(request: Request, env: Record<string, string>, ctx: any) {
            const body = request.body === null ? null : await request.text();
            return Response.json({ method: request.method, url: request.url, headers: [...request.headers], body, params: ctx.params, id: ctx.requestId, env });
          },
        };
        """;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Request_AllOfIt_ReachesTheFunction()
    {
        await using var server = await EdgeServer.StartAsync(new() { ["users/[id].ts"] = Echo }, ("Env:GREETING", "hi"));
        using var request = new HttpRequestMessage(HttpMethod.Put, "/users/a%20b?q=%C3%BC") { Content = new StringContent("grüße"), Headers = { { "X-One", "1" } } };

        using var response = await server.Client.SendAsync(request, Token);
        var seen = JsonDocument.Parse(await response.Content.ReadAsStringAsync(Token)).RootElement;

        seen.GetProperty("method").GetString().ShouldBe("PUT");
        seen.GetProperty("url").GetString().ShouldBe(new Uri(server.Url, "/users/a%20b?q=%C3%BC").AbsoluteUri);
        seen.GetProperty("body").GetString().ShouldBe("grüße");
        seen.GetProperty("params").GetProperty("id").GetString().ShouldBe("a b");
        seen.GetProperty("env").GetProperty("GREETING").GetString().ShouldBe("hi");
        seen.GetProperty("id").GetString().ShouldNotBeNullOrEmpty();
        seen.GetProperty("headers").EnumerateArray().ShouldContain(h => h[0].GetString() == "x-one" && h[1].GetString() == "1");
    }

    [Fact]
    public async Task Request_UnderTheTestsTier_RunsInAContextOfIt()
    {
        // While an image is built, traps stand where V8 puts what is newest in the language when it restores. In a hardened context methods are accessors.
        await using var server = await EdgeServer.ServeAsync("""
            const imaged = Object.getOwnPropertyDescriptor(Promise, 'try')!.get !== undefined;
            export default { fetch: () => new Response(`${imaged} ${typeof Promise.try}`) };
            """);

        (await server.GetStringAsync("/f")).ShouldBe(TestTier.Name != nameof(JsImageTier.Replay) ? "true function" : "false function");
    }

    [Theory]
    [InlineData("a%2Fb", "a%2Fb")]
    [InlineData("a%252Fb", "a%2Fb")]
    [InlineData("a%25b", "a%b")]
    [InlineData("a%20b", "a b")]
    public async Task Request_EncodedParameter_IsDecodedOnceButForSlashes(string sent, string expected)
    {
        await using var server = await EdgeServer.StartAsync(new() { ["users/[id].ts"] = "export default { fetch: (request, env, ctx) => new Response(`${ctx.params.id} ${new URL(request.url).pathname}`) };" });

        (await server.GetStringAsync($"/users/{sent}")).ShouldBe($"{expected} /users/{sent}");
    }

    [Fact]
    public async Task Request_WithoutBody_HasANullBody()
    {
        await using var server = await EdgeServer.ServeAsync(Echo);

        JsonDocument.Parse(await server.GetStringAsync("/f")).RootElement.GetProperty("body").ValueKind.ShouldBe(JsonValueKind.Null);
    }

    [Fact]
    public async Task Request_HopByHopHeaders_DoNotReachTheFunction()
    {
        await using var server = await EdgeServer.ServeAsync(Echo);
        using var request = new HttpRequestMessage(HttpMethod.Get, "/f") { Headers = { { "Connection", "X-Hop" }, { "X-Hop", "1" }, { "Keep-Alive", "timeout=5" }, { "TE", "trailers" }, { "X-End", "2" } } };

        using var response = await server.Client.SendAsync(request, Token);
        var answer = await response.Content.ReadAsStringAsync(Token);

        answer.ShouldContain("\"x-end\"");
        foreach (var name in (string[])["x-hop", "keep-alive", "\"te\"", "\"connection\""])
        {
            answer.ShouldNotContain(name);
        }
    }

    [Theory]
    [InlineData("GET")]
    [InlineData("POST")]
    [InlineData("DELETE")]
    [InlineData("OPTIONS")]
    [InlineData("PROPFIND")]
    public async Task Request_AnyMethod_ReachesTheFunction(string method)
    {
        await using var server = await EdgeServer.ServeAsync("export default { fetch: (request) => new Response(request.method) };");
        using var request = new HttpRequestMessage(new HttpMethod(method), "/f");

        using var response = await server.Client.SendAsync(request, Token);

        (await response.Content.ReadAsStringAsync(Token)).ShouldBe(method);
    }

    [Theory]
    [InlineData("new Response('hello', { headers: { 'x-method': request.method } })", 5L)]
    [InlineData("new Response(null, { headers: { 'x-method': request.method, 'content-length': '77' } })", 77L)]
    [InlineData("new Response(new ReadableStream({ pull() {}, cancel() { console.log('cancelled'); } }), { headers: { 'x-method': request.method } })", null)]
    public async Task Request_Head_ReachesTheFunctionAndHasNoBody(string response, long? length)
    {
        await using var server = await EdgeServer.ServeAsync($$"""export default { fetch: (request) => {{response}} };""");
        await using var connection = await RawConnection.SendAsync(server.Url, "HEAD /f HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n");

        var answer = await connection.ReadToEndAsync();

        answer.ShouldStartWith("HTTP/1.1 200");
        answer.ShouldEndWith("\r\n\r\n");
        answer.ShouldContain("x-method: HEAD", Case.Insensitive);
        if (length is null)
        {
            answer.ShouldNotContain("content-length", Case.Insensitive);
            await server.Log.WaitForAsync(e => e.Text.Contains("cancelled"));
        }
        else
        {
            answer.ShouldContain($"Content-Length: {length}\r\n");
        }
    }

    [Fact]
    public async Task Response_SetCookie_IsRepeated()
    {
        await using var server = await EdgeServer.ServeAsync("""
            export default {
              fetch() {
                const headers = new Headers([['set-cookie', 'a=1; Path=/'], ['set-cookie', 'b=2, 3'], ['x-list', '1'], ['x-list', '2']]);
                return new Response('ok', { status: 201, headers });
              },
            };
            """);

        using var response = await server.GetAsync("/f");

        response.StatusCode.ShouldBe(HttpStatusCode.Created);
        response.Headers.GetValues("Set-Cookie").ShouldBe(["a=1; Path=/", "b=2, 3"]);
        response.Headers.GetValues("X-List").ShouldBe(["1, 2"]);
    }

    [Theory]
    [InlineData("new Headers({ 'x-a': 'b\\r\\nset-cookie: forged=1' })")]
    [InlineData("new Headers([['x-a\\r\\nset-cookie', 'forged=1']])")]
    [InlineData("[['x-a', 'b\\nset-cookie: forged=1']]")]
    [InlineData("Object.setPrototypeOf({ 'set-cookie ': 'forged=1' }, null)")]
    public async Task Response_HeaderInjection_IsImpossible(string headers)
    {
        await using var server = await EdgeServer.ServeAsync($$"""export default { fetch: () => new Response('ok', { headers: {{headers}} }) };""");

        using var response = await server.GetAsync("/f");

        response.StatusCode.ShouldBe(HttpStatusCode.InternalServerError);
        response.Headers.Contains("Set-Cookie").ShouldBeFalse();
        (await response.Content.ReadAsStringAsync(Token)).ShouldContain("urn:jsrun:problem:script-error");
    }

    [Fact]
    public async Task Response_StatusWithoutBody_HasNone()
    {
        await using var server = await EdgeServer.ServeAsync("export default { fetch: (request) => new Response(null, { status: Number(new URL(request.url).search.slice(1)) }) };");

        foreach (var status in (int[])[204, 304])
        {
            using var response = await server.GetAsync("/f?" + status);
            ((int)response.StatusCode).ShouldBe(status);
            (await response.Content.ReadAsByteArrayAsync(Token)).ShouldBeEmpty();
        }
    }

    [Fact]
    public async Task Library_Route_IsNotFound()
    {
        await using var server = await EdgeServer.StartAsync(new()
        {
            ["lib.ts"] = "export const name = 'lib';",
            ["f.ts"] = "import { name } from './lib.ts'; export default { fetch: () => new Response(name) };",
        });

        (await server.GetStringAsync("/f")).ShouldBe("lib");
        (await server.GetAsync("/lib")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    [Theory]
    [InlineData("export default {", "f.ts")]
    [InlineData("throw new Error('at the top');", "at the top")]
    [InlineData("import { nothing } from './nowhere.ts'; export default { fetch: nothing };", "nowhere.ts")]
    public async Task BrokenFunction_Start_AnswersProblemAndLeavesTheOthersAlone(string code, string reason)
    {
        await using var server = await EdgeServer.StartAsync(new() { ["f.ts"] = code, ["ok.ts"] = "export default { fetch: () => new Response('ok') };" });

        using var response = await server.GetAsync("/f");

        response.StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
        (await response.Content.ReadAsStringAsync(Token)).ShouldContain("urn:jsrun:problem:deploy-failed");
        (await server.GetStringAsync("/ok")).ShouldBe("ok");
        (await server.GetStringAsync("/_jsrun")).ShouldContain("\"state\":\"Failed\"");
        server.Log.Entries.ShouldContain(e => e.Id == 201 && e.Text.Contains(reason));
    }
}
