using System.Diagnostics;
namespace JsRun.AspNetCore.Tests.Kestrel;

[Collection(KestrelCollection.Name)]
public class StreamTests
{
    /// <summary>Far more than an isolate may hold.</summary>
    private const long Large = 1L << 30;

    private const long FlatMemory = 128L << 20;

    private const string UploadCounter = """
        export default {
          async fetch(request) {
            let bytes = 0;
            for await (const chunk of request.body) bytes += chunk.byteLength;
            return new Response(String(bytes));
          },
        };
        """;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("PerRequest")]
    [InlineData("Shared")]
    public async Task Upload_MoreThanTheMemoryOfTheIsolate_IsCounted(string isolation)
    {
        await using var server = await EdgeServer.ServeAsync(UploadCounter, ("Isolation", isolation));
        using var content = new StreamContent(new PatternStream(Large));
        var before = Memory();

        using var response = await server.Client.PostAsync("/f", content, Token);

        (await response.Content.ReadAsStringAsync(Token)).ShouldBe(Large.ToString());
        (Memory() - before).ShouldBeLessThan(FlatMemory);
    }

    [Theory]
    [InlineData("PerRequest")]
    [InlineData("Shared")]
    public async Task Stream_MoreThanTheMemoryOfTheIsolate_ArrivesWhole(string isolation)
    {
        await using var server = await EdgeServer.ServeAsync(
            """
            export default {
              fetch(request) {
                let left = Number(new URL(request.url).search.slice(1));
                return new Response(new ReadableStream({
                  pull(controller) {
                    if (left === 0) return controller.close();
                    const size = Math.min(left, 65536);
                    controller.enqueue(new Uint8Array(size).fill(7));
                    left -= size;
                  },
                }));
              },
            };
            """,
            ("Isolation", isolation));
        var before = Memory();

        using var response = await server.GetHeadersAsync("/f?" + Large);
        await using var body = await response.Content.ReadAsStreamAsync(Token);
        var buffer = new byte[1 << 20];
        long total = 0;
        while (await body.ReadAsync(buffer, Token) is var read and > 0)
        {
            total += read;
            buffer.AsSpan(0, read).ContainsAnyExcept((byte)7).ShouldBeFalse();
        }

        total.ShouldBe(Large);
        (Memory() - before).ShouldBeLessThan(FlatMemory);
    }

    // Around the edge between bodies that cross whole and those that go out piece by piece, and of more than one piece.
    [Theory]
    [InlineData("PerRequest", "'aé€😀'.repeat(10)")]
    [InlineData("PerRequest", "'x'.repeat(2 ** 20 - 5) + 'aé€😀'")]
    [InlineData("PerRequest", "'x'.repeat(2 ** 20 - 4) + 'aé€😀'")]
    [InlineData("PerRequest", "'aé€😀'.repeat(1e6)")]
    [InlineData("Shared", "'x'.repeat(2 ** 20 - 5) + 'aé€😀'")]
    [InlineData("Shared", "'x'.repeat(2 ** 20 - 4) + 'aé€😀'")]
    [InlineData("Shared", "'aé€😀'.repeat(1e6)")]
    public async Task Text_OfAnyLength_ArrivesWholeWithItsLength(string isolation, string text)
    {
        await using var server = await EdgeServer.ServeAsync(
            $$"""
            export default { async fetch(request) {
              const text = {{text}};
              if (request.url.endsWith('?bytes')) return new Response(new TextEncoder().encode(text));
              if (request.url.endsWith('?digest')) return new Response(new Uint8Array(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text))).toHex());
              return new Response(text);
            } };
            """,
            ("Isolation", isolation));
        var digest = await server.GetStringAsync("/f?digest");

        foreach (var path in new[] { "/f", "/f?bytes" })
        {
            using var response = await server.GetAsync(path);

            var bytes = await response.Content.ReadAsByteArrayAsync(Token);
            Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(bytes)).ShouldBe(digest);
            response.Content.Headers.ContentLength.ShouldBe(bytes.Length);
        }
    }

    // A body waits where the limits of memory see it: in V8's heap, or among its buffers.
    [Theory]
    [InlineData("PerRequest", "'x'.repeat(2e7)")]
    [InlineData("Shared", "'x'.repeat(2e7)")]
    [InlineData("PerRequest", "new Uint8Array(2e7)")]
    public async Task Body_ThatNobodyReads_TakesNoMemoryOfTheHost(string isolation, string body)
    {
        await using var server = await EdgeServer.ServeAsync($"export default {{ fetch: () => new Response({body}) }};", ("Isolation", isolation));
        await server.GetStringAsync("/f");
        var before = GC.GetTotalMemory(forceFullCollection: true);
        var connections = new List<RawConnection>();
        for (var i = 0; i < 4; i++)
        {
            connections.Add(await RawConnection.SendAsync(server.Url, "GET /f HTTP/1.1\r\nHost: h\r\n\r\n"));
            (await connections[i].ReadAsync(new byte[64])).ShouldBePositive();
        }

        (GC.GetTotalMemory(forceFullCollection: true) - before).ShouldBeLessThan(8 << 20);

        foreach (var connection in connections)
        {
            await connection.DisposeAsync();
        }
    }

    [Fact]
    public async Task Stream_BothWays_EchoesWhatComes()
    {
        await using var server = await EdgeServer.ServeAsync("export default { fetch: (request) => new Response(request.body) };");
        using var content = new StreamContent(new PatternStream(1 << 20));
        using var request = new HttpRequestMessage(HttpMethod.Post, "/f") { Content = content };

        using var response = await server.Client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, Token);
        await using var body = await response.Content.ReadAsStreamAsync(Token);

        (await PatternStream.CountAsync(body, Token)).ShouldBe(1 << 20);
    }

    [Fact]
    public async Task Stream_ReaderThatStops_StopsTheProducer()
    {
        await using var server = await EdgeServer.ServeAsync(
            """
            let produced = 0;
            export default {
              fetch(request) {
                if (request.url.endsWith('?count')) return new Response(String(produced));
                return new Response(new ReadableStream({
                  pull(controller) {
                    if (produced === 256) return controller.close();
                    controller.enqueue(new Uint8Array(1 << 18));
                    produced++;
                  },
                }));
              },
            };
            """,
            ("Isolation", "Shared"),
            ("Pool:MaxIsolates", "1"));
        await using var connection = await RawConnection.SendAsync(server.Url, "GET /f HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n");
        (await connection.ReadAsync(new byte[1024])).ShouldBePositive();

        // Each of these is a turn of the same event loop: a producer that nobody stops is at its end by then.
        var produced = 0;
        for (var i = 0; i < 500; i++)
        {
            produced = int.Parse(await server.GetStringAsync("/f?count"));
        }

        produced.ShouldBeInRange(1, 64, "a quarter of the stream: more than the buffers of Kestrel and of both sockets hold");
        (await connection.ReadToEndAsync()).Length.ShouldBeGreaterThan(200 << 18);
        (await server.GetStringAsync("/f?count")).ShouldBe("256");
    }

    [Fact]
    public async Task Stream_ReaderThatLeaves_AbortsTheSignalAndCancelsIt()
    {
        await using var server = await EdgeServer.ServeAsync("""
            export default {
              fetch(request) {
                request.signal.addEventListener('abort', () => console.log('signal aborted'));
                return new Response(new ReadableStream({
                  pull: (controller) => controller.enqueue(new Uint8Array(65536)),
                  cancel: () => console.log('stream cancelled'),
                }));
              },
            };
            """);
        using (var response = await server.GetHeadersAsync("/f"))
        {
            await using var body = await response.Content.ReadAsStreamAsync(Token);
            await body.ReadExactlyAsync(new byte[1 << 20], Token);
        }

        await server.Log.WaitForAsync(e => e.Text.Contains("signal aborted"));
        await server.Log.WaitForAsync(e => e.Text.Contains("stream cancelled"));
    }

    [Fact]
    public async Task Handler_ClientThatLeaves_AbortsTheSignal()
    {
        await using var server = await EdgeServer.ServeAsync("""
            export default {
              async fetch(request) {
                const aborted = new Promise((resolve) => request.signal.addEventListener('abort', () => { console.log('signal aborted'); resolve(); }));
                await fetch(new URL('/gate/started', request.url), { method: 'POST' }).catch(() => {});
                await aborted;
                return new Response('nobody reads this');
              },
            };
            """);
        using var leave = CancellationTokenSource.CreateLinkedTokenSource(Token);
        var request = server.Client.GetAsync("/f", leave.Token);
        await server.Gates.ReachedAsync("started");

        await leave.CancelAsync();

        await Should.ThrowAsync<OperationCanceledException>(() => request);
        await server.Log.WaitForAsync(e => e.Text.Contains("signal aborted"));
        server.Log.Entries.ShouldNotContain(e => e.Id >= 300 && e.Id < 310);
    }

    [Theory]
    [InlineData("controller.error(new Error('midway'))")]
    [InlineData("throw new Error('midway')")]
    public async Task Stream_ErrorMidway_IsNeverACompleteResponse(string failure)
    {
        await using var server = await EdgeServer.ServeAsync($$"""
            export default {
              fetch(request) {
                let chunks = 0;
                return new Response(new ReadableStream({
                  async pull(controller) {
                    if (++chunks === 1) return controller.enqueue(new TextEncoder().encode('chunk'));
                    await fetch(new URL('/gate/fail', request.url));
                    {{failure}};
                  },
                }));
              },
            };
            """);
        await using var connection = await RawConnection.SendAsync(server.Url, $"GET /f HTTP/1.1\r\nHost: {server.Url.Authority}\r\n\r\n");

        var answer = await connection.ReadUntilAsync("chunk");
        server.Gates.Open("fail");
        answer += await connection.ReadToEndAsync();

        answer.ShouldStartWith("HTTP/1.1 200 OK");
        answer.ShouldNotEndWith("0\r\n\r\n");
        (await server.Log.WaitForAsync(e => e.Id == 300)).Text.ShouldContain("midway");
        await server.Log.WaitForAsync(e => e.Id == 309);
    }

    [Fact]
    public async Task Events_OneByOne_ArriveBeforeTheNextIsMade()
    {
        await using var server = await EdgeServer.ServeAsync("""
            export default {
              fetch(request) {
                let id = 0;
                const body = new ReadableStream({
                  async pull(controller) {
                    if (id > 0) await fetch(new URL(`/gate/${id}`, request.url));
                    if (id === 3) controller.close();
                    else controller.enqueue(new TextEncoder().encode(`id: ${++id}\n\n`));
                  },
                });
                return new Response(body, { headers: { 'content-type': 'text/event-stream' } });
              },
            };
            """);

        using var response = await server.GetHeadersAsync("/f");
        using var reader = new StreamReader(await response.Content.ReadAsStreamAsync(Token));
        for (var id = 1; id <= 3; id++)
        {
            (await reader.ReadLineAsync(Token).AsTask().WaitAsync(TimeSpan.FromSeconds(30), Token)).ShouldBe($"id: {id}");
            (await reader.ReadLineAsync(Token)).ShouldBe("");
            server.Gates.Open(id.ToString());
        }

        (await reader.ReadLineAsync(Token)).ShouldBeNull();
    }

    [Fact]
    [Trait("Clock", "real")]
    public async Task Stream_FirstChunkLate_SendsTheHeadersAtOnce()
    {
        await using var server = await EdgeServer.ServeAsync("""
            export default {
              fetch(request) {
                return new Response(new ReadableStream({
                  async start(controller) {
                    await fetch(new URL('/gate/first', request.url));
                    controller.enqueue(new TextEncoder().encode('late'));
                    controller.close();
                  },
                }));
              },
            };
            """);

        using var response = await server.GetHeadersAsync("/f");
        server.Gates.Open("first");

        (await response.Content.ReadAsStringAsync(Token)).ShouldBe("late");
    }

    private static long Memory()
    {
        using var process = Process.GetCurrentProcess();
        return process.WorkingSet64;
    }
}
