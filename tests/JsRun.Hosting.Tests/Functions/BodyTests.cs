using System.IO.Pipelines;

namespace JsRun.Hosting.Tests.Functions;

[Trait("Clock", "real")]
public sealed class BodyTests
{
    private const int Mebibyte = 1 << 20;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Request_QuarterOfAGibibyte_IsCountedInFlatMemory()
    {
        const long total = 256L * Mebibyte;
        await using var app = await FunctionApp.StartAsync();
        var function = await app.HandleAsync("let n = 0; for await (const chunk of request.body) n += chunk.length; return new Response(String(n));");
        (await function.SendAsync(EdgeFunctionCalls.Post(PipeReader.Create(new MemoryStream(new byte[Mebibyte]))))).ShouldBe($"{Mebibyte}");
        var pipe = new Pipe();
        var before = GC.GetTotalAllocatedBytes();
        var resident = Environment.WorkingSet;

        var counting = function.SendAsync(EdgeFunctionCalls.Post(pipe.Reader));
        await FillAsync(pipe.Writer, total);

        (await counting).ShouldBe($"{total}");
        (GC.GetTotalAllocatedBytes() - before).ShouldBeLessThan(128L * Mebibyte, "bytes cross through one buffer");
        (Environment.WorkingSet - resident).ShouldBeLessThan(200L * Mebibyte);
    }

    [Fact]
    public async Task Response_HalfAGibibyteOfStream_IsWrittenInFlatMemory()
    {
        const long total = 512L * Mebibyte;
        await using var app = await FunctionApp.StartAsync();
        var function = await app.HandleAsync($$"""
            let left = {{total}};
            return new Response(new ReadableStream({ type: 'bytes', pull(c) { if (left <= 0) { c.close(); return; } const size = Math.min(left, 65536); left -= size; c.enqueue(new Uint8Array(size)); } }));
            """);
        var before = GC.GetTotalAllocatedBytes();
        var resident = Environment.WorkingSet;
        await using var response = await function.InvokeAsync(EdgeFunctionCalls.Get(), Token).InTime();
        var pipe = new Pipe();

        var draining = DrainAsync(pipe.Reader);
        await response.WriteBodyAsync(pipe.Writer, Token).AsTask().WaitAsync(TimeSpan.FromSeconds(60), Token);
        await pipe.Writer.CompleteAsync();

        (await draining).ShouldBe(total);
        (GC.GetTotalAllocatedBytes() - before).ShouldBeLessThan(256L * Mebibyte);
        (Environment.WorkingSet - resident).ShouldBeLessThan(300L * Mebibyte);
    }

    [Fact]
    public async Task Request_ReadAfterTheResponseWasClosed_EndsAndLeavesTheReaderAlone()
    {
        await using var app = await FunctionApp.StartAsync();
        var function = await app.HandleAsync("""
            const reader = request.body.getReader();
            await reader.read();
            ctx.waitUntil((async () => { await new Promise((r) => setTimeout(r, 50)); try { while (!(await reader.read()).done); console.log('ended'); } catch { console.log('ended'); } })());
            return new Response('answer');
            """);
        var pipe = new Pipe();
        await pipe.Writer.WriteAsync(new byte[10], Token);

        (await function.SendAsync(EdgeFunctionCalls.Post(pipe.Reader))).ShouldBe("answer");

        await app.Logs.WaitForAsync(e => e.Message.Contains("ended", StringComparison.Ordinal));
        await app.LeasesReturnedAsync();
        // It is the caller's again.
        await pipe.Writer.WriteAsync(new byte[5], Token);
        var read = await pipe.Reader.ReadAsync(Token);
        read.Buffer.Length.ShouldBeGreaterThanOrEqualTo(5);
        pipe.Reader.AdvanceTo(read.Buffer.End);
    }

    [Fact]
    public async Task Request_HandlerLoopsWhileItsBodyIsRead_BodyGoesBackWithTheTimeout()
    {
        await using var app = await FunctionApp.StartAsync(o => o.Limits.Timeout = TimeSpan.FromMilliseconds(1500));
        var function = await app.HandleAsync("request.text(); for (;;);");
        var pipe = new Pipe();

        await Should.ThrowAsync<JsTimeoutException>(async () => await function.SendAsync(EdgeFunctionCalls.Post(pipe.Reader)));

        // No read is pending any more.
        await pipe.Writer.WriteAsync(new byte[5], Token);
        pipe.Reader.TryRead(out var read).ShouldBeTrue();
        read.Buffer.Length.ShouldBe(5);
    }

    private static async Task FillAsync(PipeWriter writer, long total)
    {
        while (total > 0)
        {
            var size = (int)Math.Min(total, 64 * 1024);
            writer.GetSpan(size)[..size].Clear();
            writer.Advance(size);
            total -= size;
            await writer.FlushAsync(Token);
        }

        await writer.CompleteAsync();
    }

    private static async Task<long> DrainAsync(PipeReader reader)
    {
        var total = 0L;
        while (true)
        {
            var result = await reader.ReadAsync(Token);
            total += result.Buffer.Length;
            reader.AdvanceTo(result.Buffer.End);
            if (result.IsCompleted)
            {
                return total;
            }
        }
    }
}
