using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace JsRun.AspNetCore.Tests.Kestrel;

/// <summary>When a client leaves, what the function has to clean up runs to its end.</summary>
[Collection(KestrelCollection.Name)]
public class CleanupTests
{
    private const int Often = 10;

    private const string Helpers = """
        const sleep = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
        const bytes = (text) => new TextEncoder().encode(text);
        """;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("PerRequest", "return new Response(ReadableStream.from((async function* () { try { for (;;) { yield bytes('x'); await sleep(2); } } finally { await sleep(2); console.log('cleaned up ' + id); } })()))")]
    [InlineData("Shared", "return new Response(ReadableStream.from((async function* () { try { for (;;) { yield bytes('x'); await sleep(2); } } finally { await sleep(2); console.log('cleaned up ' + id); } })()))")]
    [InlineData("PerRequest", "const { readable, writable } = new TransformStream(); (async () => { const w = writable.getWriter(); try { for (;;) { await w.write(bytes('x')); await sleep(2); } } catch { await sleep(2); console.log('cleaned up ' + id); } })(); return new Response(readable)")]
    [InlineData("Shared", "const { readable, writable } = new TransformStream(); (async () => { const w = writable.getWriter(); try { for (;;) { await w.write(bytes('x')); await sleep(2); } } catch { await sleep(2); console.log('cleaned up ' + id); } })(); return new Response(readable)")]
    [InlineData("PerRequest", "return new Response(new ReadableStream({ async pull(c) { await sleep(2); c.enqueue(bytes('x')); }, async cancel() { await fetch(new URL('/gate/open', request.url)); await sleep(2); console.log('cleaned up ' + id); } }))")]
    [InlineData("Shared", "return new Response(new ReadableStream({ async pull(c) { await sleep(2); c.enqueue(bytes('x')); }, async cancel() { await fetch(new URL('/gate/open', request.url)); await sleep(2); console.log('cleaned up ' + id); } }))")]
    public async Task Stream_ClientThatLeaves_IsCleanedUpAfter(string isolation, string body)
    {
        await using var server = await EdgeServer.ServeAsync(
            $$"""{{Helpers}} export default { fetch(request) { const id = new URL(request.url).search; {{body}}; } };""", ("Isolation", isolation));
        server.Gates.Open("open");
        for (var i = 0; i < Often; i++)
        {
            await using (var connection = await RawConnection.SendAsync(server.Url, Get(server, $"/f?{i}.")))
            {
                (await connection.ReadUntilAsync("x\r\n")).ShouldContain("x\r\n");
            }

            await server.Log.WaitForAsync(e => e.Text.Contains($"cleaned up ?{i}."));
        }

        await server.LeasesReturnedAsync();
    }

    [Theory]
    [InlineData("PerRequest", "")]
    [InlineData("Shared", "")]
    [InlineData("PerRequest", ", { signal: request.signal }")]
    [InlineData("Shared", ", { signal: request.signal }")]
    public async Task Handler_ClientThatLeaves_RunsItsFinally(string isolation, string signal)
    {
        await using var server = await EdgeServer.ServeAsync(
            $$"""
            {{Helpers}}
            export default {
              async fetch(request) {
                try {
                  await fetch(new URL('/gate/slow', request.url){{signal}});
                  await sleep(1);
                } catch (error) {
                  console.error('caught ' + error.message);
                } finally {
                  await sleep(2);
                  await fetch(new URL('/gate/open', request.url));
                  console.log('finally');
                }
                return new Response('nobody reads this');
              },
            };
            """,
            ("Isolation", isolation));
        server.Gates.Open("open");
        await using (await RawConnection.SendAsync(server.Url, Get(server, "/f")))
        {
            await server.Gates.ReachedAsync("slow");
        }

        if (signal.Length > 0)
        {
            await server.Log.WaitForAsync(e => e.Text.Contains("caught The client has gone."));
        }
        else
        {
            // It goes on as if nobody had left.
            await server.Log.WaitForAsync(e => e.Id == 310);
            server.Gates.Open("slow");
        }

        await server.Log.WaitForAsync(e => e.Text.Contains("finally"));
        await server.LeasesReturnedAsync();
    }

    [Theory]
    [InlineData("PerRequest", false)]
    [InlineData("Shared", false)]
    [InlineData("PerRequest", true)]
    [InlineData("Shared", true)]
    public async Task Handler_LoopWhoseClientLeft_IsInterruptedAtTheTimeout(string isolation, bool native)
    {
        await using var server = await EdgeServer.ServeAsync(
            "export default { fetch(request) { if (request.url.endsWith('?loop')) { console.log('loops'); for (;;); } return new Response('ok'); } };",
            ("Isolation", isolation), ("Limits:Timeout", "00:00:01"), ("Limits:CpuTime", "00:10:00"), ("Engine:Native", native ? "Auto" : "Off"));
        await using (await RawConnection.SendAsync(server.Url, Get(server, "/f?loop")))
        {
            await server.Log.WaitForAsync(e => e.Text.Contains("loops"));
        }

        await server.Log.WaitForAsync(e => e.Id is 103 or 109 or 111 && e.Text.Contains("Timeout"));
        await server.LeasesReturnedAsync();
        (await server.GetStringAsync("/f")).ShouldBe("ok");
    }

    [Theory]
    [InlineData("PerRequest")]
    [InlineData("Shared")]
    public async Task Stream_LoopWhoseClientLeft_IsInterruptedAtTheIdleTimeout(string isolation)
    {
        await using var server = await EdgeServer.ServeAsync(
            "export default { fetch() { let n = 0; return new Response(new ReadableStream({ async pull(c) { await new Promise((resolve) => setTimeout(resolve)); if (n++ > 0) { console.log('loops'); for (;;); } c.enqueue(new Uint8Array(3)); } })); } };",
            ("Isolation", isolation), ("Limits:IdleTimeout", "00:00:01"), ("Limits:CpuTime", "00:10:00"));
        await using (await RawConnection.SendAsync(server.Url, Get(server, "/f")))
        {
            await server.Log.WaitForAsync(e => e.Text.Contains("loops"));
        }

        await server.Log.WaitForAsync(e => e.Id is 109 or 111 && e.Text.Contains("Timeout"));
        await server.LeasesReturnedAsync();
    }

    [Theory]
    [Trait("Clock", "real")]
    [InlineData("PerRequest", "for (;;);")]
    [InlineData("Shared", "for (;;);")]
    [InlineData("PerRequest", "await fetch(new URL('/gate/never', request.url));")]
    [InlineData("Shared", "await fetch(new URL('/gate/never', request.url));")]
    public async Task Handler_PastTheLimitOfItsEndpoint_IsEnded(string isolation, string waits)
    {
        await using var server = await EdgeServer.ServeAsync(
            $$"""export default { async fetch(request) { request.signal.addEventListener('abort', () => console.log(request.signal.reason.name)); {{waits}} } };""",
            builder => builder.Services.AddRequestTimeouts(o => o.DefaultPolicy = new() { Timeout = TimeSpan.FromMilliseconds(300) }),
            app => app.UseRequestTimeouts(),
            ("Isolation", isolation), ("Limits:Timeout", "00:10:00"), ("Limits:CpuTime", "00:10:00"));

        using var response = await server.GetAsync("/f");

        response.StatusCode.ShouldBe(HttpStatusCode.GatewayTimeout);
        await server.Log.WaitForAsync(e => waits.StartsWith("for", StringComparison.Ordinal) ? e.Id is 109 or 111 && e.Text.Contains("Timeout") : e.Text.Contains("TimeoutError"));
        await server.LeasesReturnedAsync();
    }

    [Theory]
    [InlineData("PerRequest", "await new Promise((resolve) => setTimeout(resolve, 1e9))")]
    [InlineData("Shared", "await new Promise((resolve) => setTimeout(resolve, 1e9))")]
    [InlineData("PerRequest", "for (;;)")]
    [InlineData("Shared", "for (;;)")]
    public async Task Stop_CleanupThatNeverEnds_IsNotWaitedFor(string isolation, string cleanup)
    {
        await using var server = await EdgeServer.ServeAsync(
            $$"""export default { async fetch(request) { try { await fetch(new URL('/gate/slow', request.url), { signal: request.signal }); } finally { console.log('finally'); {{cleanup}}; } } };""",
            ("Isolation", isolation), ("Limits:Timeout", "00:10:00"), ("Limits:CpuTime", "00:10:00"));
        await using (await RawConnection.SendAsync(server.Url, Get(server, "/f")))
        {
            await server.Gates.ReachedAsync("slow");
        }

        await server.Log.WaitForAsync(e => e.Text.Contains("finally"));

        await server.App.StopAsync(Token).WaitAsync(TimeSpan.FromSeconds(60), Token);

        server.Log.Entries.ShouldNotContain(e => e.Text.Contains("still ran when the host's shutdown timeout ended"));
    }

    private static string Get(EdgeServer server, string path) => $"GET {path} HTTP/1.1\r\nHost: {server.Url.Authority}\r\n\r\n";
}
