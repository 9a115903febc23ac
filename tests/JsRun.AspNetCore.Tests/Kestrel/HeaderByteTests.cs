using System.Text;
using Microsoft.AspNetCore.Hosting;

namespace JsRun.AspNetCore.Tests.Kestrel;

/// <summary>Header values are byte strings on the whole way: in, through a function, to an upstream and back, and out.</summary>
[Collection(KestrelCollection.Name)]
public class HeaderByteTests
{
    // In Latin-1, as the connection reads and writes: the UTF-8 bytes of "é€😀".
    private const string Utf8 = "\u00c3\u00a9\u00e2\u0082\u00ac\u00f0\u009f\u0098\u0080";

    private const string Copies = """
        export default {
          async fetch(request) {
            const value = request.headers.get('x-a');
            const copies = [new Headers(request.headers), new Headers([...request.headers]), new Headers(Object.fromEntries(request.headers)), new Request(request).headers, new Headers({ 'x-a': value })];
            const upstream = await fetch(new URL('/echo', request.url), { headers: request.headers });
            return new Response([value, ...copies.map((c) => c.get('x-a'))].map((v) => [...v].map((c) => c.charCodeAt(0).toString(16)).join()).join(' ') + ' ' + await upstream.text(), { headers: { 'x-out': value } });
          },
        };
        """;

    private const string Echo = "export default { fetch: (r) => new Response([...r.headers.get('x-a')].map((c) => c.charCodeAt(0).toString(16)).join()) };";

    [Theory]
    [InlineData("PerRequest")]
    [InlineData("Shared")]
    public async Task Request_HeaderInUtf8_IsItsBytesEverywhere(string isolation)
    {
        await using var server = await EdgeServer.StartAsync(new() { ["f.js"] = Copies, ["echo.js"] = Echo }, ("Isolation", isolation));
        await using var connection = await RawConnection.SendAsync(server.Url, $"GET /f HTTP/1.1\r\nHost: {server.Url.Authority}\r\nX-A: {Utf8}\r\nConnection: close\r\n\r\n");

        var answer = await connection.ReadToEndAsync();

        answer.ShouldStartWith("HTTP/1.1 200");
        answer.ShouldContain($"x-out: {Utf8}\r\n");
        answer.ShouldEndWith("\r\n\r\n" + string.Join(' ', Enumerable.Repeat("c3,a9,e2,82,ac,f0,9f,98,80", 7)));
    }

    [Fact]
    public async Task Request_HeaderInLatin1_IsRefusedByTheServerAsBefore()
    {
        await using var server = await EdgeServer.StartAsync(new() { ["f.js"] = Echo });
        await using var connection = await RawConnection.SendAsync(server.Url, "GET /f HTTP/1.1\r\nHost: h\r\nX-A: caf\u00e9\r\n\r\n");

        (await connection.ReadUntilAsync("\r\n\r\n")).ShouldStartWith("HTTP/1.1 400");
    }

    [Fact]
    public async Task Request_HeaderInLatin1WhereTheApplicationReadsThatOne_IsItsBytes()
    {
        await using var server = await EdgeServer.StartAsync(
            new() { ["f.js"] = Echo }, builder => builder.WebHost.ConfigureKestrel(kestrel => kestrel.RequestHeaderEncodingSelector = _ => Encoding.Latin1), null);
        await using var connection = await RawConnection.SendAsync(server.Url, "GET /f HTTP/1.1\r\nHost: h\r\nX-A: caf\u00e9\r\nConnection: close\r\n\r\n");

        (await connection.ReadToEndAsync()).ShouldEndWith("\r\n\r\n63,61,66,e9");
    }

    [Theory]
    [InlineData("PerRequest", "filename=\"\u00e9.txt\"")]
    [InlineData("Shared", "filename=\"\u00e9.txt\"")]
    [InlineData("PerRequest", "filename=\"\u00c3\u00a9.txt\"")]
    public async Task Response_HeaderOfAnUpstream_PassesThroughAsItsBytes(string isolation, string value)
    {
        await using var server = await EdgeServer.StartAsync(new()
        {
            ["up.js"] = $"export default {{ fetch: () => new Response('', {{ headers: {{ 'content-disposition': {System.Text.Json.JsonSerializer.Serialize(value)} }} }}) }};",
            ["f.js"] = "export default { fetch: (r) => fetch(new URL('/up', r.url)) };",
        }, ("Isolation", isolation));
        await using var connection = await RawConnection.SendAsync(server.Url, $"GET /f HTTP/1.1\r\nHost: {server.Url.Authority}\r\nConnection: close\r\n\r\n");

        var answer = await connection.ReadToEndAsync();

        answer.ShouldStartWith("HTTP/1.1 200");
        answer.ShouldContain($"Content-Disposition: {value}\r\n", Case.Insensitive);
    }

    [Fact]
    public async Task Response_EncodingThatTheApplicationChose_IsKept()
    {
        await using var server = await EdgeServer.StartAsync(
            new() { ["f.js"] = "export default { fetch: () => new Response('', { headers: { 'x-a': '\\xe9' } }) };" },
            builder => builder.WebHost.ConfigureKestrel(kestrel => kestrel.ResponseHeaderEncodingSelector = _ => Encoding.UTF8), null);
        await using var connection = await RawConnection.SendAsync(server.Url, "GET /f HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n");

        (await connection.ReadToEndAsync()).ShouldContain("x-a: \u00c3\u00a9\r\n");
    }

    [Fact]
    public async Task Response_FiftyThousandCookies_AreSent()
    {
        await using var server = await EdgeServer.StartAsync(new() { ["f.js"] = "export default { fetch: () => new Response('x', { headers: Array(50000).fill(['set-cookie', 'a']) }) };" });
        await using var connection = await RawConnection.SendAsync(server.Url, "GET /f HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n");

        var answer = await connection.ReadToEndAsync();

        answer.Split("Set-Cookie: a\r\n", StringSplitOptions.None).Length.ShouldBe(50_001);
    }
}
