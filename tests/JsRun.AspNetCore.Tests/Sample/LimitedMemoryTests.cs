using System.Net;
using System.Net.Sockets;
using JsRun.AspNetCore.Tests.Fakes;
using JsRun.AspNetCore.Tests.Kestrel;
using JsRun.Hosting.Tests;

namespace JsRun.AspNetCore.Tests.Sample;

/// <summary>What scripts have .NET keep for them does not end a process whose memory is limited, as a container's is.</summary>
public sealed class LimitedMemoryTests
{
    private const string HeapHardLimit = "0x20000000";

    [Theory]
    [InlineData("PerRequest")]
    [InlineData("Shared")]
    public async Task Host_ScriptsFloodTheMemoryOfDotNet_GoesOn(string isolation)
    {
        using var functions = new TempFolder();
        using var cache = new TempFolder();
        // Accepts and reads nothing.
        using var sink = new Socket(SocketType.Stream, ProtocolType.Tcp);
        sink.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        sink.Listen(64);
        functions.Write("ok.ts", "export default { fetch: () => new Response('ok') };");
        functions.Write("names.ts", """
            export default { fetch() {
              const kept = [];
              try { for (let i = 0; i < 400; i++) kept.push(new BroadcastChannel('q'.repeat(1e6) + i)); } catch (e) { return new Response(e.name); }
              return new Response('all');
            } };
            """);
        functions.Write("text.ts", "export default { fetch: () => new Response('a'.repeat(5e7)) };");
        functions.Write("rope.ts", "export default { fetch() { let text = 'a'; while (text.length < 1e8) text += text; return new Response(text); } };");
        functions.Write("bodies.ts", $$"""
            export default { async fetch() {
              const body = 'a'.repeat(30_000_000);
              for (let i = 0; i < 20; i++) fetch('http://127.0.0.1:{{((IPEndPoint)sink.LocalEndPoint!).Port}}/', { method: 'POST', body }).catch(() => {});
              await new Promise((resolve) => setTimeout(resolve, 500));
              return new Response('sent');
            } };
            """);
        await using var sample = await SampleProcess.StartAsync(
            functions,
            cache,
            ["--JsRun:Isolation", isolation, "--JsRun:Images:Tier", "Replay", "--JsRun:Permissions:0", "net:127.0.0.1"],
            new Dictionary<string, string> { ["DOTNET_GCHeapHardLimit"] = HeapHardLimit });
        var unread = new List<RawConnection>();

        (await sample.GetAsync("/names")).ShouldBe("QuotaExceededError");
        foreach (var path in Enumerable.Repeat("text", 14).Concat(Enumerable.Repeat("rope", 6)))
        {
            unread.Add(await RawConnection.SendAsync(sample.Url, $"GET /{path} HTTP/1.1\r\nHost: h\r\n\r\n"));
        }

        foreach (var connection in unread)
        {
            (await connection.ReadAsync(new byte[64])).ShouldBePositive();
        }

        // Its isolate may be full of the texts that nobody reads: then that is what it is told.
        (await sample.StatusAsync("/bodies")).ShouldBeOneOf(HttpStatusCode.OK, HttpStatusCode.InternalServerError, HttpStatusCode.ServiceUnavailable);
        foreach (var connection in unread)
        {
            await connection.DisposeAsync();
        }

        // Isolates that ran out of memory are being replaced.
        await Eventually.HoldsAsync(async () => await sample.StatusAsync("/ok") == HttpStatusCode.OK);

        (await sample.GetAsync("/ok")).ShouldBe("ok");
        sample.HasExited.ShouldBeFalse();
    }
}
