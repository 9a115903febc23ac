using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Logging;

namespace JsRun.AspNetCore.Tests.Kestrel;

/// <summary>What cannot be answered is answered all the same, and leaves the connection as clean as it was.</summary>
[Collection(KestrelCollection.Name)]
public class RefusedRequestTests
{
    private const string Say = """
        export default {
          fetch(request) {
            const query = new URL(request.url).searchParams;
            const text = query.get('t') ?? 'nothing';
            if (query.has('stream')) return new Response(new ReadableStream({ start(c) { c.enqueue(new TextEncoder().encode(text)); c.close(); } }));
            return new Response(query.has('bytes') ? new TextEncoder().encode(text) : text);
          },
        };
        """;

    private const string Ping = "GET /ping HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n";

    // Another answer, if it were to arrive in front of the next.
    private const string Poison = "HTTP%2F1.1%20200%20OK%0D%0AContent-Length%3A%208%0D%0A%0D%0APOISONED";

    private static readonly Dictionary<string, string> Files = new() { ["say.js"] = Say, ["ping.js"] = "export default { fetch: () => new Response('pong') };" };

    [Theory]
    [InlineData("CONNECT", "PerRequest", "")]
    [InlineData("CONNECT", "Shared", "")]
    [InlineData("CONNECT", "PerRequest", "&bytes")]
    [InlineData("CONNECT", "PerRequest", "&stream")]
    [InlineData("TRACE", "PerRequest", "")]
    public async Task Request_MethodThatFetchForbids_IsRefusedAndTheNextAnswerIsItsOwn(string method, string isolation, string query)
    {
        await using var server = await EdgeServer.StartAsync(Files, ("Isolation", isolation));
        await using var connection = await RawConnection.SendAsync(server.Url, $"{method} /say?t={Poison}{query} HTTP/1.1\r\nHost: h\r\n\r\n{Ping}");

        var answers = Answers(await connection.ReadToEndAsync());

        answers.Length.ShouldBe(2);
        answers[0].ShouldStartWith("501 ");
        answers[0].ShouldContain("urn:jsrun:problem:method-not-supported");
        answers[1].ShouldStartWith("200 OK");
        answers[1].ShouldEndWith("\r\n\r\npong");
    }

    [Theory]
    [InlineData("")]
    [InlineData("&bytes")]
    [InlineData("&stream")]
    public async Task Answer_HeadThatIsRefused_LeavesNothingInFrontOfTheNext(string query)
    {
        await using var server = await EdgeServer.StartAsync(Files, null, (app, _) => app.Use((context, next) =>
        {
            if (context.Request.Path == "/say")
            {
                context.Response.OnStarting(() => throw new InvalidOperationException("no head"));
            }

            return next(context);
        }));
        await using var connection = await RawConnection.SendAsync(server.Url, $"GET /say?t={Poison}{query} HTTP/1.1\r\nHost: h\r\n\r\n{Ping}");

        var answers = Answers(await connection.ReadToEndAsync());

        answers.Length.ShouldBe(2);
        answers[0].ShouldStartWith("500 ");
        answers[0].ShouldNotContain("POISONED");
        answers[1].ShouldStartWith("200 OK");
        answers[1].ShouldEndWith("\r\n\r\npong");
    }

    [Theory]
    [InlineData("/ping", "h:99999")]
    [InlineData("/ping", "256.1.1.1")]
    [InlineData("/ping", "1.2.3.4.5")]
    [InlineData("/ping", "xn--a")]
    [InlineData("/ping", "xn--")]
    [InlineData("/pi\tng", "h")]
    [InlineData("/ping?a\t", "h")]
    [InlineData("/ping\u0001", "h")]
    [InlineData("/ping\u007f", "h")]
    public async Task Request_HostOrTargetThatMakesNoUrl_IsTheClientsMistake(string target, string host)
    {
        // ASP.NET Core's own log of requests cannot write the host "xn--" down, and ends the connection.
        await using var server = await EdgeServer.StartAsync(
            new(Files) { ["[...rest].js"] = "export default { fetch: (r) => new Response(r.url) };" }, builder => builder.Logging.AddFilter("Microsoft.AspNetCore.Hosting", LogLevel.Warning), null);
        await using var connection = await RawConnection.SendAsync(server.Url, $"GET {target} HTTP/1.1\r\nHost: {host}\r\n\r\n{Ping}");

        var answers = Answers(await connection.ReadToEndAsync());

        answers[0].ShouldStartWith("400 ");
        server.Log.Entries.ShouldNotContain(e => e.Level >= LogLevel.Warning);
        if (answers.Length > 1)
        {
            answers[1].ShouldEndWith("\r\n\r\npong");
        }
    }

    [Theory]
    [InlineData("PerRequest")]
    [InlineData("Shared")]
    public async Task Request_OddHost_IsRefusedBeforeTheHandlerAndTheContextServesOn(string isolation)
    {
        await using var server = await EdgeServer.StartAsync(Files, ("Isolation", isolation), ("Pool:MaxIsolates", "1"), ("Pool:LeasesPerIsolate", "1"));
        for (var n = 0; n < 3; n++)
        {
            await using var connection = await RawConnection.SendAsync(server.Url, $"GET /ping HTTP/1.1\r\nHost: 256.1.1.1\r\n\r\n{Ping}");

            var answers = Answers(await connection.ReadToEndAsync());

            answers[0].ShouldContain("urn:jsrun:problem:bad-request");
            answers[1].ShouldEndWith("\r\n\r\npong");
        }
    }

    [Theory]
    [InlineData("127.0.0.1:8080", "http://127.0.0.1:8080/u")]
    [InlineData("10.1.2.3", "http://10.1.2.3/u")]
    [InlineData("LOCALHOST:80", "http://localhost/u")]
    [InlineData("xn--mnchen-3ya.de", "http://xn--mnchen-3ya.de/u")]
    [InlineData("[::1]:5000", "http://[::1]:5000/u")]
    [InlineData("a_b.example", "http://a_b.example/u")]
    [InlineData("0x7f.1", "http://127.0.0.1/u")]
    public async Task Request_HostThatIsValid_IsPartOfTheUrl(string host, string url)
    {
        await using var server = await EdgeServer.StartAsync(new() { ["u.js"] = "export default { fetch: (r) => new Response(r.url) };" });
        await using var connection = await RawConnection.SendAsync(server.Url, $"GET /u HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n");

        Answers(await connection.ReadToEndAsync()).ShouldHaveSingleItem().ShouldEndWith("\r\n\r\n" + url);
    }

    private static string[] Answers(string raw) => raw.Split("HTTP/1.1 ", StringSplitOptions.RemoveEmptyEntries);
}
