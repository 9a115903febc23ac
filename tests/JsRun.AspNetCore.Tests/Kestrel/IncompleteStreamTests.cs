using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace JsRun.AspNetCore.Tests.Kestrel;

/// <summary>What a stream produced before it failed reaches the client, who sees that the rest is missing.</summary>
[Collection(KestrelCollection.Name)]
public class IncompleteStreamTests
{
    private const string Code = """
        const bytes = (text) => new TextEncoder().encode(text);
        const bodies = {
          '?generator': () => ReadableStream.from((async function* () { for (let i = 0; i < 50; i++) yield bytes(`data: ${i}\n\n`); throw new Error('midway'); })()),
          '?one': () => ReadableStream.from((function* () { yield bytes('data: 49\n\n'); throw new Error('midway'); })()),
          '?pull': () => { let n = 0; return new ReadableStream({ pull(c) { if (n++ === 0) c.enqueue(bytes('data: 49\n\n')); else throw new Error('midway'); } }); },
        };
        export default {
          fetch(request) {
            const { search } = new URL(request.url);
            return search === '?upstream' ? fetch(new URL('/broken', request.url)) : new Response(bodies[search]());
          },
        };
        """;

    private const string Preface = "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n";
    private const char Headers = (char)1;
    private const char Reset = (char)3;
    private const char Settings = (char)4;
    private const int EndStream = 1;
    private const int EndHeaders = 4;

    [Theory]
    [InlineData("PerRequest", "?generator", "1.1")]
    [InlineData("Shared", "?generator", "1.1")]
    [InlineData("PerRequest", "?one", "1.1")]
    [InlineData("Shared", "?one", "1.1")]
    [InlineData("PerRequest", "?pull", "1.1")]
    [InlineData("PerRequest", "?upstream", "1.1")]
    [InlineData("Shared", "?upstream", "1.1")]
    public async Task Stream_ErrorAfterChunks_ArrivesUpToTheError(string isolation, string kind, string version)
    {
        await using var server = await ServeAsync(HttpProtocols.Http1, isolation);
        await using var connection = await RawConnection.SendAsync(server.Url, $"GET /f{kind} HTTP/{version}\r\nHost: {server.Url.Authority}\r\n\r\n");

        var answer = await connection.ReadToEndAsync();

        answer.ShouldStartWith("HTTP/1.1 200 OK");
        answer.ShouldContain("data: 49\n\n");
        answer.ShouldNotEndWith("0\r\n\r\n");
    }

    [Theory]
    [InlineData("PerRequest")]
    [InlineData("Shared")]
    public async Task Stream_ErrorAfterChunksOverHttp2_ArrivesUpToTheError(string isolation)
    {
        await using var server = await ServeAsync(HttpProtocols.Http2, isolation);
        // A client of .NET throws away what it has not read yet when a stream is reset.
        await using var connection = await RawConnection.SendAsync(server.Url, Preface + Frame(Settings, 0, 0, "") + Frame(Headers, EndHeaders | EndStream, 1, Get(server.Url.Authority, "/f?generator")));

        var answer = await connection.ReadUntilAsync(Frame(Reset, 0, 1, "\0\0\0\u0002"));

        answer.ShouldContain("data: 49\n\n");
        answer.ShouldEndWith(Frame(Reset, 0, 1, "\0\0\0\u0002"));
    }

    // Without chunks only a reset says that a body is not complete, and it may overtake what was sent.
    [Fact]
    public async Task Stream_ErrorOverHttp10_IsAReset()
    {
        await using var server = await ServeAsync(HttpProtocols.Http1, "PerRequest");
        await using var connection = await RawConnection.SendAsync(server.Url, $"GET /f?generator HTTP/1.0\r\nHost: {server.Url.Authority}\r\n\r\n");

        await Should.ThrowAsync<System.Net.Sockets.SocketException>(async () =>
        {
            var buffer = new byte[4096];
            while (await connection.ReadAsync(buffer) > 0)
            {
            }
        });
    }

    private static string Frame(char type, int flags, int stream, string payload) => $"\0\0{(char)payload.Length}{type}{(char)flags}\0\0\0{(char)stream}{payload}";

    // HPACK: GET, http, and two literals.
    private static string Get(string authority, string path) => $"\u0082\u0086\u0004{(char)path.Length}{path}\u0001{(char)authority.Length}{authority}";

    private static Task<EdgeServer> ServeAsync(HttpProtocols protocols, string isolation) => EdgeServer.ServeAsync(
        Code,
        builder => builder.WebHost.ConfigureKestrel(k => k.ConfigureEndpointDefaults(e => e.Protocols = protocols)),
        app => app.Map("/broken", broken => broken.Run(async context =>
        {
            context.Response.ContentLength = 1000;
            await context.Response.WriteAsync("data: 49\n\n", context.RequestAborted);
            await context.Response.Body.FlushAsync(context.RequestAborted);
            throw new InvalidOperationException("breaks off");
        })),
        ("Isolation", isolation));
}
