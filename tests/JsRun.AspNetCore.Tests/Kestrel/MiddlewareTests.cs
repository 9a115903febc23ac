using System.Net;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.ResponseCompression;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace JsRun.AspNetCore.Tests.Kestrel;

/// <summary>ASP.NET Core's middleware works on functions as on any endpoint.</summary>
[Collection(KestrelCollection.Name)]
public class MiddlewareTests
{
    private const string Post = """
        export default {
          async fetch(request) { return new Response(`${request.method} ${await request.text()}`); },
        };
        """;

    private const string Events = """
        export default {
          fetch(request) {
            const gate = new URL('/gate/event', request.url);
            return new Response(new ReadableStream({
              async pull(controller) {
                await fetch(gate);
                controller.enqueue(new TextEncoder().encode('data: 1\n\n'));
                controller.close();
              },
            }), { headers: { 'content-type': 'text/event-stream' } });
          },
        };
        """;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("PerRequest")]
    [InlineData("Shared")]
    public async Task Antiforgery_FormWithoutAToken_IsRefusedAndTheFunctionDoesNotRun(string isolation)
    {
        await using var server = await ProtectedAsync(isolation);
        using var form = new FormUrlEncodedContent([new("a", "1")]);
        using var response = await server.Client.PostAsync("/f", form, Token);

        response.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await response.Content.ReadAsStringAsync(Token)).ShouldContain("urn:jsrun:problem:antiforgery");
        server.Host.Functions.ShouldHaveSingleItem().Requests.ShouldBe(0);
    }

    [Theory]
    [InlineData("PerRequest")]
    [InlineData("Shared")]
    public async Task Antiforgery_FormWithItsToken_ReachesTheFunctionWhole(string isolation)
    {
        await using var server = await ProtectedAsync(isolation);
        var (field, token, _) = await TokenAsync(server);
        using var form = new FormUrlEncodedContent([new("a", "1"), new(field, token)]);
        using var response = await server.Client.PostAsync("/f", form, Token);

        response.StatusCode.ShouldBe(HttpStatusCode.OK);
        (await response.Content.ReadAsStringAsync(Token)).ShouldBe($"POST a=1&{field}={Uri.EscapeDataString(token)}");
    }

    [Fact]
    public async Task Antiforgery_TokenInTheHeader_LeavesTheBodyAlone()
    {
        await using var server = await ProtectedAsync("PerRequest");
        var (_, token, header) = await TokenAsync(server);
        using var request = new HttpRequestMessage(HttpMethod.Post, "/f") { Content = new StringContent("any body"), Headers = { { header, token } } };
        using var response = await server.Client.SendAsync(request, Token);

        (await response.Content.ReadAsStringAsync(Token)).ShouldBe("POST any body");
    }

    [Fact]
    public async Task Form_ReadByMiddlewareThatDoesNotKeepIt_IsAnErrorAndNotAnEmptyBody()
    {
        await using var server = await EdgeServer.StartAsync(new() { ["f.js"] = Post }, null, (app, _) => app.UseHttpMethodOverride(new HttpMethodOverrideOptions { FormFieldName = "_method" }));
        using var form = new FormUrlEncodedContent([new("_method", "PUT"), new("a", "1")]);
        using var response = await server.Client.PostAsync("/f", form, Token);

        response.StatusCode.ShouldBe(HttpStatusCode.InternalServerError);
        (await server.Log.WaitForAsync(e => e.Level == LogLevel.Error)).Exception!.Message.ShouldContain("EnableBuffering");
    }

    [Fact]
    public async Task Form_ReadByMiddlewareThatKeepsIt_ReachesTheFunctionWhole()
    {
        await using var server = await EdgeServer.StartAsync(new() { ["f.js"] = Post }, null, (app, _) =>
        {
            app.Use((context, next) =>
            {
                context.Request.EnableBuffering();
                return next(context);
            });
            app.UseHttpMethodOverride(new HttpMethodOverrideOptions { FormFieldName = "_method" });
        });
        using var form = new FormUrlEncodedContent([new("_method", "PUT"), new("a", "1")]);
        using var response = await server.Client.PostAsync("/f", form, Token);

        (await response.Content.ReadAsStringAsync(Token)).ShouldBe("PUT _method=PUT&a=1");
    }

    [Fact]
    public async Task Compression_Stream_SendsItsHeadBeforeTheFirstEvent()
    {
        await using var server = await EdgeServer.StartAsync(new() { ["f.js"] = Events }, AddCompression, (app, _) => app.UseResponseCompression());
        await using var connection = await RawConnection.SendAsync(server.Url, $"GET /f HTTP/1.1\r\nHost: {server.Url.Authority}\r\nAccept-Encoding: gzip\r\nConnection: close\r\n\r\n");

        (await connection.ReadUntilAsync("\r\n\r\n")).ShouldContain("Content-Encoding: gzip");
        server.Gates.Open("event");
        (await connection.ReadToEndAsync()).ShouldNotBeEmpty();
    }

    [Fact]
    public async Task Compression_Text_IsCompressedOnce()
    {
        await using var server = await EdgeServer.StartAsync(
            new() { ["f.js"] = "export default { fetch: () => new Response('x'.repeat(5000)) };" }, AddCompression, (app, _) => app.UseResponseCompression());
        using var handler = new HttpClientHandler { AutomaticDecompression = DecompressionMethods.GZip };
        using var client = new HttpClient(handler);

        (await client.GetStringAsync(new Uri(server.Url, "/f"), Token)).ShouldBe(new string('x', 5000));
    }

    [Fact]
    public async Task RequestTimeout_AfterACompressedStreamHasBegun_ChangesNoStatus()
    {
        await using var server = await EdgeServer.StartAsync(
            new() { ["f.js"] = Events },
            builder =>
            {
                AddCompression(builder);
                builder.Services.AddRequestTimeouts();
            },
            (app, then) =>
            {
                app.UseResponseCompression();
                app.UseRequestTimeouts();
                then(functions => functions.WithRequestTimeout(TimeSpan.FromMilliseconds(500)));
            });
        await using var connection = await RawConnection.SendAsync(server.Url, $"GET /f HTTP/1.1\r\nHost: {server.Url.Authority}\r\nAccept-Encoding: gzip\r\n\r\n");

        var answer = await connection.ReadToEndAsync();

        answer.ShouldStartWith("HTTP/1.1 200");
        answer.ShouldNotContain("408");
        answer.ShouldNotEndWith("0\r\n\r\n");
    }

    [Theory]
    [InlineData("new Response(String(++n))")]
    [InlineData("new Response(new Blob([String(++n)]).stream())")]
    [InlineData("new Response(new TextEncoder().encode(String(++n)))")]
    public async Task OutputCache_Answer_IsServedAgain(string response)
    {
        await using var server = await EdgeServer.StartAsync(
            new() { ["f.js"] = $"let n = 0; export default {{ fetch: () => {response} }};" },
            builder => builder.Services.AddOutputCache(),
            (app, then) =>
            {
                app.UseOutputCache();
                then(functions => functions.CacheOutput());
            },
            ("Isolation", "Shared"));

        (await server.GetStringAsync("/f")).ShouldBe("1");
        using var again = await server.GetAsync("/f");

        (await again.Content.ReadAsStringAsync(Token)).ShouldBe("1");
        again.Headers.Age.ShouldNotBeNull();
    }

    private static void AddCompression(WebApplicationBuilder builder) => builder.Services.AddResponseCompression(options =>
    {
        options.MimeTypes = ["text/event-stream", "text/plain"];
        options.Providers.Add<GzipCompressionProvider>();
    });

    private static Task<EdgeServer> ProtectedAsync(string isolation) => EdgeServer.StartAsync(
        new() { ["f.js"] = Post },
        builder => builder.Services.AddAntiforgery(),
        (app, then) =>
        {
            app.UseAntiforgery();
            app.MapGet("/token", (HttpContext context, IAntiforgery antiforgery) => antiforgery.GetAndStoreTokens(context) is var tokens ? $"{tokens.FormFieldName} {tokens.RequestToken} {tokens.HeaderName}" : "");
            then(functions => functions.WithMetadata(new RequireAntiforgeryTokenAttribute(true)));
        },
        ("Isolation", isolation));

    private static async Task<(string Field, string Token, string Header)> TokenAsync(EdgeServer server)
    {
        // The client keeps the cookie that goes with it.
        var parts = (await server.GetStringAsync("/token")).Split(' ');
        return (parts[0], parts[1], parts[2]);
    }
}
