namespace JsRun.AspNetCore.Tests.Kestrel;

/// <summary>The length that a function gives its stream.</summary>
[Collection(KestrelCollection.Name)]
public class ContentLengthTests
{
    private const string Stream = """
        export default {
          fetch(request) {
            const [length, ...sizes] = new URL(request.url).searchParams.get('q').split(',').map(Number);
            let n = 0;
            return new Response(new ReadableStream({
              pull(controller) {
                if (n === sizes.length) controller.close();
                else controller.enqueue(new Uint8Array(sizes[n++]).fill(120));
              },
            }), { headers: { 'content-length': `${length}` } });
          },
        };
        """;

    [Theory]
    [InlineData("PerRequest", "10,4,6", 10)]
    [InlineData("Shared", "10,4,6", 10)]
    [InlineData("PerRequest", "0", 0)]
    [InlineData("PerRequest", "200000,100000,100000", 200_000)]
    public async Task Response_StreamOfTheLengthItAnnounces_IsSentWithIt(string isolation, string query, int length)
    {
        await using var server = await EdgeServer.StartAsync(new() { ["f.js"] = Stream }, ("Isolation", isolation));
        await using var connection = await RawConnection.SendAsync(server.Url, $"GET /f?q={query} HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n");

        var answer = await connection.ReadToEndAsync();

        answer.ShouldContain($"Content-Length: {length}\r\n");
        answer.ShouldNotContain("Transfer-Encoding");
        answer[(answer.IndexOf("\r\n\r\n", StringComparison.Ordinal) + 4)..].ShouldBe(new string('x', length));
    }

    [Theory]
    [InlineData("PerRequest", "10,4,4", "ended after 8 bytes")]
    [InlineData("Shared", "10,4,4", "ended after 8 bytes")]
    [InlineData("PerRequest", "10,4,4,4", "gave more")]
    [InlineData("Shared", "10,4,4,4", "gave more")]
    [InlineData("PerRequest", "10,20", "gave more")]
    public async Task Response_StreamOfAnotherLength_EndsTheConnectionBeforeItIsWhole(string isolation, string query, string reason)
    {
        await using var server = await EdgeServer.StartAsync(new() { ["f.js"] = Stream }, ("Isolation", isolation));
        await using var connection = await RawConnection.SendAsync(server.Url, $"GET /f?q={query} HTTP/1.1\r\nHost: h\r\n\r\n");

        var answer = await connection.ReadToEndAsync();

        answer.ShouldContain("Content-Length: 10\r\n");
        answer[(answer.IndexOf("\r\n\r\n", StringComparison.Ordinal) + 4)..].Length.ShouldBeLessThan(10);
        (await server.Log.WaitForAsync(e => e.Id == 307)).Text.ShouldContain(reason);
    }

    [Theory]
    [InlineData("return fetch(new URL('/up', request.url));")]
    [InlineData("const up = await fetch(new URL('/up', request.url)); return new Response(up.body, up);")]
    [InlineData("return new Response(new Blob(['x'.repeat(40000), 'y'.repeat(60000)]));")]
    [InlineData("const up = await fetch(new URL('/up', request.url)); return new Response(await up.blob(), { headers: { 'content-length': '3' } });")]
    public async Task Response_BodyWhoseLengthIsKnown_KeepsIt(string code)
    {
        await using var server = await EdgeServer.StartAsync(new()
        {
            ["up.js"] = "export default { fetch: () => new Response(new Uint8Array(100000)) };",
            ["f.js"] = $"export default {{ async fetch(request) {{ {code} }} }};",
        });
        using var response = await server.GetAsync("/f");

        response.Content.Headers.ContentLength.ShouldBe(100_000);
        (await response.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken)).Length.ShouldBe(100_000);
    }
}
