namespace JsRun.Hosting.Tests.WebApi.Compression;

/// <summary>Compression streams in a function. What the standard says of them is in the web-platform-tests.</summary>
public sealed class CompressionStreamTests
{
    [Fact]
    public async Task CompressionStream_LargeBody_ComesBackWhole()
    {
        await using var app = await FunctionApp.StartAsync();
        var function = await app.HandleAsync("""
            const packed = new Response('a line of text\n'.repeat(100000)).body.pipeThrough(new CompressionStream('gzip'));
            const text = await new Response(packed.pipeThrough(new DecompressionStream('gzip'))).text();
            return new Response(`${text.length} ${text === 'a line of text\n'.repeat(100000)}`);
            """);

        (await function.GetAsync()).ShouldBe("1500000 true");
    }

    [Fact]
    public async Task DecompressionStream_Bomb_IsReadPieceByPiece()
    {
        // 64 MiB out of 64 KiB, in an isolate whose ArrayBuffers may hold 4 MiB.
        await using var app = await FunctionApp.StartAsync(o => o.Limits.MaxArrayBufferBytes = 4 << 20);
        var function = await app.HandleAsync("""
            let left = 64;
            const zeros = new ReadableStream({ pull(c) { if (left-- > 0) c.enqueue(new Uint8Array(1 << 20)); else c.close(); } }, { highWaterMark: 0 });
            const bomb = new Uint8Array(await new Response(zeros.pipeThrough(new CompressionStream('deflate'))).arrayBuffer());
            const stream = new DecompressionStream('deflate');
            const writer = stream.writable.getWriter();
            void writer.write(bomb).then(() => writer.close());
            let total = 0, longest = 0;
            for await (const chunk of stream.readable) { total += chunk.length; longest = Math.max(longest, chunk.length); }
            return Response.json({ small: bomb.length < 100000, total, longest });
            """);

        (await function.GetAsync()).ShouldBe("""{"small":true,"total":67108864,"longest":65536}""");
    }

    [Fact]
    public async Task MaxCompressionStreams_Passed_IsARangeErrorAndTheNextRequestWorks()
    {
        await using var app = await FunctionApp.StartAsync(o =>
        {
            o.Limits.MaxCompressionStreams = 2;
            o.Isolation = JsIsolation.Shared;
        });
        var function = await app.HandleAsync("""
            const results = [];
            for (let i = 0; i < 3; i++) {
              const stream = new CompressionStream('gzip');
              void stream.readable.getReader().read().catch(() => {});
              results.push(await stream.writable.getWriter().write(new Uint8Array(1)).then(() => 'ok', (error) => `${error.name}: ${error.message}`));
            }
            return new Response(results.join('|'));
            """);

        foreach (var _ in new[] { 1, 2 })
        {
            var answer = await function.GetAsync();

            answer.ShouldStartWith("ok|ok|RangeError: ");
            answer.ShouldContain("JsRun:Limits:MaxCompressionStreams");
            await app.LeasesReturnedAsync();
        }
    }

    [Fact]
    public async Task MaxCompressionStreams_StreamsThatEnded_DoNotCount()
    {
        await using var app = await FunctionApp.StartAsync(o => o.Limits.MaxCompressionStreams = 1);
        var function = await app.HandleAsync("""
            for (let i = 0; i < 3; i++) await new Response(new Response('text').body.pipeThrough(new CompressionStream('gzip'))).arrayBuffer();
            const cancelled = new Response('text').body.pipeThrough(new CompressionStream('gzip')).getReader();
            await cancelled.read();
            await cancelled.cancel();
            const corrupt = new Response('text').body.pipeThrough(new DecompressionStream('gzip'));
            const error = await new Response(corrupt).text().catch((error) => error.name);
            const last = await new Response(new Response('text').body.pipeThrough(new CompressionStream('deflate-raw'))).arrayBuffer();
            return new Response(`${error} ${last.byteLength > 0}`);
            """);

        (await function.GetAsync()).ShouldBe("TypeError true");
    }
}
