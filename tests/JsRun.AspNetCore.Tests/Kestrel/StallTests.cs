using System.Net;

namespace JsRun.AspNetCore.Tests.Kestrel;

/// <summary>A request whose context has nothing left to do can never answer, and is told so at once instead of at its time limit.</summary>
[Collection(KestrelCollection.Name)]
public class StallTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("Auto", "await new Promise(() => {})")]
    [InlineData("Off", "await new Promise(() => {})")]
    [InlineData("Auto", "setTimeout(() => {}, 20); await new Promise(() => {})")]
    [InlineData("Auto", "await (await fetch(new URL('/gate/open', request.url))).text(); await new Promise(() => {})")]
    [InlineData("Auto", "await fetch(new URL('/gate/open', request.url), { signal: AbortSignal.timeout(50) }); await new Promise(() => {})")]
    [InlineData("Auto", "await crypto.subtle.generateKey({ name: 'RSA-PSS', modulusLength: 2048, publicExponent: new Uint8Array([1, 0, 1]), hash: 'SHA-256' }, true, ['sign', 'verify']); await new Promise(() => {})")]
    [InlineData("Auto", "await Promise.race([])")]
    [InlineData("Auto", "for await (const _ of new ReadableStream()) { }")]
    [InlineData("Auto", "const { port1 } = new MessageChannel(); await new Promise((resolve) => { port1.onmessage = resolve; })")]
    [InlineData("Auto", "const channel = new BroadcastChannel('x'); channel.onmessage = () => {}; channel.close(); await new Promise(() => {})")]
    public async Task Handler_ThatWaitsForNothing_FailsAtOnce(string native, string waits)
    {
        await using var server = await ServeAsync(waits, ("Engine:Native", native));
        server.Gates.Open("open");

        using var response = await server.GetAsync("/f").WaitAsync(TimeSpan.FromSeconds(60), Token);

        response.StatusCode.ShouldBe(HttpStatusCode.InternalServerError);
        (await server.Log.WaitForAsync(e => e.Id == 300)).Text.ShouldContain("can never answer");
        await server.LeasesReturnedAsync();
    }

    [Fact]
    public async Task Handler_WithABodyThatNobodyReads_FailsAtOnce()
    {
        await using var server = await ServeAsync("await new Promise(() => {})");
        using var content = new StringContent("unread");

        using var response = await server.Client.PostAsync("/f", content, Token).WaitAsync(TimeSpan.FromSeconds(60), Token);

        response.StatusCode.ShouldBe(HttpStatusCode.InternalServerError);
        (await server.Log.WaitForAsync(e => e.Id == 300)).Text.ShouldContain("can never answer");
    }

    [Theory]
    [InlineData("Contained", "await new Promise((resolve) => setTimeout(resolve, 50))")]
    [InlineData("Contained", "await (await fetch(new URL('/gate/open', request.url))).text()")]
    [InlineData("Contained", "await request.text()")]
    [InlineData("Contained", "await import('./_lib.js')")]
    [InlineData("Contained", "await crypto.subtle.deriveBits({ name: 'PBKDF2', hash: 'SHA-256', salt: new Uint8Array(8), iterations: 200000 }, await crypto.subtle.importKey('raw', new Uint8Array(8), 'PBKDF2', false, ['deriveBits']), 256)")]
    [InlineData("Contained", "const { port1, port2 } = new MessageChannel(); const got = new Promise((resolve) => { port1.onmessage = resolve; }); port2.postMessage(1); await got")]
    [InlineData("Contained", "await new Response(new Blob(['x'.repeat(100000)]).stream().pipeThrough(new CompressionStream('gzip'))).arrayBuffer()")]
    [InlineData("Contained", "await WebAssembly.compile(new Uint8Array([0, 97, 115, 109, 1, 0, 0, 0]))")]
    [InlineData("Full", "await WebAssembly.compile(new Uint8Array([0, 97, 115, 109, 1, 0, 0, 0]))")]
    [InlineData("Full", "await WebAssembly.instantiate(new Uint8Array([0, 97, 115, 109, 1, 0, 0, 0]))")]
    [InlineData("Full", "await Atomics.waitAsync(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 20).value")]
    [InlineData("Full", "const cell = new Int32Array(new SharedArrayBuffer(4)); const wait = Atomics.waitAsync(cell, 0, 0).value; setTimeout(() => Atomics.notify(cell, 0), 20); await wait")]
    public async Task Handler_ThatWaitsForSomething_Answers(string surface, string waits)
    {
        await using var server = await EdgeServer.StartAsync(
            new()
            {
                ["f.js"] = $$"""export default { async fetch(request) { {{waits}}; return new Response('answers'); } };""",
                ["_lib.js"] = "export default 1;",
            },
            ("Limits:Timeout", "00:10:00"), ("Surface", surface));
        server.Gates.Open("open");
        using var content = new StringContent("body");

        using var response = await server.Client.PostAsync("/f", content, Token);

        (await response.Content.ReadAsStringAsync(Token)).ShouldBe("answers");
    }

    [Fact]
    public async Task Handler_WithAnOpenBroadcastChannel_WaitsForOthers()
    {
        await using var server = await ServeAsync(
            """
            const channel = new BroadcastChannel('news');
            if (request.url.endsWith('?send')) { channel.postMessage('news'); return new Response('sent'); }
            const news = new Promise((resolve) => { channel.onmessage = (event) => resolve(event.data); });
            console.log('listens');
            return new Response(await news);
            """);
        var listens = server.GetStringAsync("/f");
        await server.Log.WaitForAsync(e => e.Text.Contains("listens"));

        (await server.GetStringAsync("/f?send")).ShouldBe("sent");

        (await listens).ShouldBe("news");
    }

    [Theory]
    [InlineData("new Promise(() => {})")]
    [InlineData("(async () => { await fetch(new URL('/gate/open', request.url)); await new Promise(() => {}); })()")]
    public async Task WaitUntil_ThatWaitsForNothing_IsGivenUp(string promise)
    {
        await using var server = await ServeAsync($"ctx.waitUntil({promise}); return new Response('ok');", ("Limits:IdleTimeout", "00:10:00"));
        server.Gates.Open("open");

        (await server.GetStringAsync("/f")).ShouldBe("ok");

        await server.Log.WaitForAsync(e => e.Id == 210);
        await server.LeasesReturnedAsync();
    }

    // The server takes the request's body back with the response.
    [Theory]
    [InlineData("PerRequest")]
    [InlineData("Shared")]
    public async Task WaitUntil_BodyAfterTheResponse_CannotBeRead(string isolation)
    {
        await using var server = await ServeAsync(
            "ctx.waitUntil((async () => { await fetch(new URL('/gate/later', request.url)); try { console.log('read ' + await request.text()); } catch (e) { console.log(e.message); } })()); return new Response('ok');",
            ("Isolation", isolation));
        using var content = new StringContent("body");
        using var response = await server.Client.PostAsync("/f", content, Token);
        (await response.Content.ReadAsStringAsync(Token)).ShouldBe("ok");
        await server.Log.WaitForAsync(e => e.Text.Contains("Request finished") && e.Text.Contains("/f"));

        server.Gates.Open("later");

        await server.Log.WaitForAsync(e => e.Text.Contains("The body can no longer be read: what it belonged to has ended"));
    }

    private static Task<EdgeServer> ServeAsync(string handler, params (string Key, string Value)[] settings) => EdgeServer.ServeAsync(
        $$"""export default { async fetch(request, env, ctx) { {{handler}} } };""", [("Limits:Timeout", "00:10:00"), .. settings]);
}
