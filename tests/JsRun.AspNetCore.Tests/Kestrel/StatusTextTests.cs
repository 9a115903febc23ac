namespace JsRun.AspNetCore.Tests.Kestrel;

/// <summary>The <c>statusText</c> of a response, on a connection of HTTP/1.1.</summary>
[Collection(KestrelCollection.Name)]
public class StatusTextTests
{
    // Whatever the script does to the checks of its own context, the host has its own.
    private const string Poison = "RegExp.prototype.test = () => true; RegExp.prototype.exec = () => ['']; RegExp.prototype[Symbol.match] = () => ['']; ";

    [Theory]
    [InlineData("new Response('', { status: 299, statusText: 'Gone Fishing' })", "HTTP/1.1 299 Gone Fishing")]
    [InlineData("new Response(new Blob(['a']).stream(), { statusText: 'Streaming' })", "HTTP/1.1 200 Streaming")]
    [InlineData("new Response('', { status: 201 })", "HTTP/1.1 201 Created")]
    [InlineData("new Response('', { statusText: 'caf\\u00e9' })", "HTTP/1.1 200 OK")]
    public async Task StatusText_OfAResponse_IsTheReasonPhraseIfItCanBe(string response, string expected) => (await GetAsync($"export default {{ fetch: () => {response} }};")).ShouldStartWith(expected + "\r\n");

    [Fact]
    public async Task StatusText_OfAnUpstream_PassesThrough()
    {
        await using var server = await EdgeServer.StartAsync(new()
        {
            ["up.js"] = "export default { fetch: () => new Response('', { statusText: 'From Above' }) };",
            ["f.js"] = "export default { fetch: (r) => fetch(new URL('/up', r.url)) };",
        });

        (await GetAsync(server)).ShouldStartWith("HTTP/1.1 200 From Above\r\n");
    }

    [Fact]
    public async Task StatusText_WithALineBreak_AddsNoHeader()
    {
        var answer = await GetAsync($"{Poison} export default {{ fetch: () => new Response('', {{ statusText: 'OK\\r\\nx-injected: 1' }}) }};");

        answer.ShouldStartWith("HTTP/1.1 ");
        answer.ShouldNotContain("\nx-injected");
    }

    [Fact]
    public async Task StatusText_OfAnAnswerThatFails_IsNotThatOfTheProblem() =>
        (await GetAsync("export default { fetch: () => new Response(new ReadableStream({ start(c) { c.error(new Error('no')); } }), { statusText: 'Fine' }) };")).ShouldStartWith("HTTP/1.1 500 Internal Server Error\r\n");

    private static async Task<string> GetAsync(string function)
    {
        await using var server = await EdgeServer.StartAsync(new() { ["f.js"] = function });
        return await GetAsync(server);
    }

    private static async Task<string> GetAsync(EdgeServer server)
    {
        await using var connection = await RawConnection.SendAsync(server.Url, $"GET /f HTTP/1.1\r\nHost: {server.Url.Authority}\r\nConnection: close\r\n\r\n");
        return await connection.ReadToEndAsync();
    }
}
