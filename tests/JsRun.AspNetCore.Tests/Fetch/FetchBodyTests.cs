using System.IO.Compression;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace JsRun.AspNetCore.Tests.Fetch;

public sealed class FetchBodyTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Upload_LargeBytes_AreStreamedWithTheirLength()
    {
        await using var lab = await FetchLab.StartAsync(app => app.MapPost("/count", async (HttpContext context) => $"{context.Request.ContentLength} {await CountAsync(context.Request.Body)}"));

        (await lab.RunAsync("return (await fetch(up + '/count', { method: 'POST', body: new Uint8Array(5_000_000).fill(1) })).text();")).ShouldBe("\"5000000 5000000\"");
    }

    [Fact]
    public async Task Upload_Stream_HasNoLengthAndArrivesAsItIsMade()
    {
        var first = new TaskCompletionSource();
        await using var lab = await FetchLab.StartAsync(app =>
        {
            app.MapPost("/upload", async (HttpContext context) =>
            {
                var buffer = new byte[100];
                var count = await context.Request.Body.ReadAsync(buffer, Token);
                first.SetResult();
                return $"{context.Request.ContentLength?.ToString() ?? "none"} {count} {await CountAsync(context.Request.Body)}";
            });
            app.MapGet("/first", async () => await first.Task.WaitAsync(Token));
        });

        (await lab.RunAsync("""
            const body = new ReadableStream({
              async start(controller) {
                controller.enqueue(new Uint8Array(3));
                // The server must have had the first chunk before the second is made.
                await fetch(up + '/first');
                controller.enqueue(new Uint8Array(4));
                controller.close();
              },
            });
            return (await fetch(up + '/upload', { method: 'POST', body, duplex: 'half' })).text();
            """)).ShouldBe("\"none 3 4\"");
    }

    [Fact]
    public async Task Upload_StreamThatErrors_RejectsAndTheServerSeesNoEnd()
    {
        var seen = new TaskCompletionSource<bool>();
        var first = new TaskCompletionSource();
        await using var lab = await FetchLab.StartAsync(app =>
        {
            app.MapGet("/first", async () => await first.Task.WaitAsync(Token));
            app.MapPost("/upload", async (HttpContext context) =>
            {
                await context.Request.Body.ReadExactlyAsync(new byte[3], Token);
                first.SetResult();
                try
                {
                    await CountAsync(context.Request.Body);
                    seen.SetResult(true);
                }
                catch (Exception e) when (e is IOException or OperationCanceledException)
                {
                    seen.SetResult(false);
                }
            });
        });

        (await lab.RunAsync("""
            const body = new ReadableStream({
              start(controller) { controller.enqueue(new Uint8Array(3)); },
              async pull() {
                await fetch(up + '/first');
                throw new Error('broken');
              },
            });
            return fetch(up + '/upload', { method: 'POST', body, duplex: 'half' }).then(() => 'answered', (e) => e.name);
            """)).ShouldBe("\"TypeError\"");
        (await seen.Task.WaitAsync(TimeSpan.FromSeconds(30), Token)).ShouldBeFalse();
    }

    [Fact]
    public async Task Form_BothWays_ComesBackAsItWas()
    {
        await using var lab = await FetchLab.StartAsync(app => app.MapPost("/echo", async (HttpContext context) =>
        {
            context.Response.ContentType = context.Request.ContentType;
            await context.Request.Body.CopyToAsync(context.Response.Body, Token);
        }));

        (await lab.RunAsync("""
            const form = new FormData();
            form.append('plain', 'a\nb');
            form.append('naïve "name"', 'ünï');
            form.append('file', new File([new Uint8Array(700_000).fill(13), '\r\n--', 'x'], 'a "b".bin', { type: 'application/x-test' }));
            form.append('empty', new File([], 'empty.txt'));
            const sent = await fetch(up + '/echo', { method: 'POST', body: form });
            const back = await sent.formData();
            const file = back.get('file');
            const bytes = await file.bytes();
            return [[...back.keys()], back.get('plain'), back.get('naïve "name"'), file.name, file.type, bytes.length, bytes.at(-1), bytes[699_999], back.get('empty').size, back.get('empty').name];
            """)).ShouldBe("""[["plain","naïve \"name\"","file","empty"],"a\r\nb","ünï","a \"b\".bin","application/x-test",700005,120,13,0,"empty.txt"]""");
    }

    [Fact]
    public async Task Form_ReadByAspNetCore_IsUnderstood()
    {
        await using var lab = await FetchLab.StartAsync(app => app.MapPost("/form", async (HttpContext context) =>
        {
            var form = await context.Request.ReadFormAsync(Token);
            var file = form.Files[0];
            return $"{form["name"]}|{file.Name}|{file.FileName}|{file.ContentType}|{file.Length}";
        }));

        (await lab.RunAsync("""
            const form = new FormData();
            form.set('name', 'value');
            form.set('file', new Blob(['x'.repeat(300_000)], { type: 'text/plain' }), 'x.txt');
            return (await fetch(up + '/form', { method: 'POST', body: form })).text();
            """)).ShouldBe("\"value|file|x.txt|text/plain|300000\"");
    }

    [Theory]
    [InlineData("gzip")]
    [InlineData("deflate")]
    [InlineData("br")]
    public async Task Download_Encoded_IsDecodedPieceByPiece(string encoding)
    {
        // 64 MiB, in an isolate whose ArrayBuffers may hold 8.
        await using var lab = await FetchLab.StartAsync(
            app => app.MapGet("/packed", async (HttpContext context) =>
            {
                context.Response.Headers.ContentEncoding = encoding;
                await using Stream packed = encoding switch
                {
                    "gzip" => new GZipStream(context.Response.Body, CompressionLevel.Fastest),
                    "deflate" => new ZLibStream(context.Response.Body, CompressionLevel.Fastest),
                    _ => new BrotliStream(context.Response.Body, CompressionLevel.Fastest),
                };
                var block = new byte[1 << 20];
                for (var i = 0; i < 64; i++)
                {
                    await packed.WriteAsync(block, Token);
                }
            }),
            o => o.Limits.MaxArrayBufferBytes = 8 << 20);

        (await lab.RunAsync("""
            const response = await fetch(up + '/packed');
            let total = 0;
            for await (const chunk of response.body) total += chunk.length;
            return [total, response.headers.get('content-length')];
            """)).ShouldBe("[67108864,null]");
    }

    [Fact]
    public async Task Integrity_WrongDigest_RejectsAndTheRightOneGivesTheBody()
    {
        await using var lab = await FetchLab.StartAsync(app => app.MapGet("/text", () => "text"));

        (await lab.RunAsync("""
            const right = 'sha256-mC2ePrmW9VnmM/TRlN7zdh2Qn1o7ZH0ahR/q1nwyydE=';
            const get = (integrity) => fetch(up + '/text', { integrity }).then((r) => r.text(), (e) => e.name);
            return [await get(''), await get('sha256-' + btoa('x'.repeat(32))), await get(right), await get('md5-nothing')];
            """)).ShouldBe("""["text","TypeError","text","text"]""");
    }

    [Fact]
    public async Task Clone_StreamOfTypedArrays_GivesEachItsOwnBytes()
    {
        await using var lab = await FetchLab.StartAsync(app => app.MapGet("/text", () => "text"));

        (await lab.RunAsync("""
            const made = new Response(new ReadableStream({ start(c) { c.enqueue(new Uint8Array([1, 2])); c.close(); } }));
            const copy = made.clone();
            const mine = (await made.body.getReader().read()).value;
            mine[0] = 9;
            const got = await fetch(up + '/text');
            const both = await Promise.all([got.clone().text(), got.text()]);
            return [[...new Uint8Array(await copy.arrayBuffer())], both];
            """)).ShouldBe("""[[1,2],["text","text"]]""");
    }

    private static async Task<long> CountAsync(Stream stream)
    {
        var buffer = new byte[65536];
        long total = 0;
        while (await stream.ReadAsync(buffer, Token) is var read and > 0)
        {
            total += read;
        }

        return total;
    }
}
