using System.IO.Pipelines;
using System.Runtime.CompilerServices;
using System.Threading.Channels;
using JsRun.Hosting.Tests.Runtimes;

namespace JsRun.Hosting.Tests.Streams;

public sealed class JsStreamSourceTests
{
    private const string ReadAll = "async stream => { const all = []; for await (const item of stream) all.push(item); return all; }";
    private const string ReadBytes = "async stream => { const bytes = new Uint8Array(await new Response(stream).arrayBuffer()); return [bytes.length, bytes.reduce((a, b) => (a * 31 + b) % 65521, 7)]; }";
    private static readonly TimeSpan Ceiling = TimeSpan.FromSeconds(30);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    [Trait("Upstream", "RT::test_python_stream_consumed_in_js")]
    public async Task AsyncEnumerable_IsReadToTheEnd()
    {
        await using var runtime = await TestRuntimes.CreateAsync(Token);
        var read = await runtime.EvaluateAsync<JsFunction>(ReadAll, cancellationToken: Token);

        (await read!.InvokeAsync<string[]>(Items("left", "right"))).ShouldBe(["left", "right"]);
        (await read.InvokeAsync<int[]>(Items(1, 2, 3))).ShouldBe([1, 2, 3]);
        runtime.GetStats().ActiveHostStreams.ShouldBe(0);
        runtime.GetStats().TotalHostStreams.ShouldBe(2);
    }

    [Fact]
    public async Task Item_MayBeAnyValue()
    {
        await using var runtime = await TestRuntimes.CreateAsync(Token);
        var read = await runtime.EvaluateAsync<JsFunction>("async stream => { const out = []; for await (const v of stream) out.push(Object.prototype.toString.call(v)); return out; }", cancellationToken: Token);

        (await read!.InvokeAsync<string[]>(Items<object?>(null, JsUndefined.Value, 1, "a", new byte[] { 1 }, DateTimeOffset.UnixEpoch, new[] { 1 }, new { a = 1 })))
            .ShouldBe(["[object Null]", "[object Undefined]", "[object Number]", "[object String]", "[object Uint8Array]", "[object Date]", "[object Array]", "[object Object]"]);
    }

    [Fact]
    public async Task Source_IsAskedForNothingBeforeItIsRead_AndOneItemForEachRead()
    {
        await using var runtime = await TestRuntimes.CreateAsync(Token);
        var made = 0;
        using var source = JsStreamSource.From(Count(() => made++));
        var keep = await runtime.EvaluateAsync<JsFunction>("stream => { globalThis.reader = stream.getReader(); }", cancellationToken: Token);

        // What was asked for in advance would be a host call that is pending, or has been answered.
        await keep!.InvokeAsync(source);
        await runtime.WaitForIdleAsync(Token).AsTask().InTime();
        made.ShouldBe(0);
        await runtime.EvaluateAsync("reader.read()", cancellationToken: Token);
        await runtime.EvaluateAsync("reader.read()", cancellationToken: Token);
        await runtime.WaitForIdleAsync(Token).AsTask().InTime();

        made.ShouldBe(2);
    }

    [Fact]
    [Trait("Upstream", "RT::test_python_stream_error_rejects_js_reader")]
    [Trait("Upstream", "2.17: reading a stream after its error")]
    public async Task Error_OfTheSource_RejectsTheRead_AndComesBackAsItIs()
    {
        await using var runtime = await TestRuntimes.CreateAsync(Token);
        var failure = new JsHostException("host boom") { Code = "E_BOOM" };
        var start = await runtime.EvaluateAsync<JsFunction>("async stream => { globalThis.reader = stream.getReader(); return (await reader.read()).value; }", cancellationToken: Token);

        (await start!.InvokeAsync<int>(Failing(failure))).ShouldBe(1);
        (await runtime.EvaluateAsync<string>("reader.read().catch(e => `${e.code}: ${e.message}`)", cancellationToken: Token)).ShouldBe("E_BOOM: host boom");
        (await Should.ThrowAsync<JavaScriptException>(async () => await runtime.EvaluateAsync("reader.read()", cancellationToken: Token))).InnerException.ShouldBe(failure);
    }

    [Fact]
    [Trait("Upstream", "RT::test_python_stream_cancelled_from_js")]
    public async Task Cancel_ByJavaScript_EndsTheEnumerator()
    {
        await using var runtime = await TestRuntimes.CreateAsync(Token);
        var ended = new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously);
        var read = await runtime.EvaluateAsync<JsFunction>("async stream => { const reader = stream.getReader(); await reader.read(); await reader.cancel('enough'); }", cancellationToken: Token);

        await read!.InvokeAsync(Endless(ended, Token));

        (await ended.Task.WaitAsync(Ceiling, Token)).ShouldBeTrue();
        runtime.GetStats().ActiveHostStreams.ShouldBe(0);
    }

    [Fact]
    public async Task Cancel_WhileAReadIsPending_CancelsTheToken()
    {
        await using var runtime = await TestRuntimes.CreateAsync(Token);
        var cancelled = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var read = await runtime.EvaluateAsync<JsFunction>("async stream => { const reader = stream.getReader(); const pending = reader.read(); await new Promise(asked => setTimeout(asked)); await reader.cancel(); return (await pending).done; }", cancellationToken: Token);

        (await read!.InvokeAsync<bool>(Silent(cancelled, Token))).ShouldBeTrue();

        await cancelled.Task.WaitAsync(Ceiling, Token);
    }

    [Fact]
    public async Task RuntimeDisposedOf_EndsTheEnumerator()
    {
        var runtime = await TestRuntimes.CreateAsync(Token);
        var ended = new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously);
        var read = await runtime.EvaluateAsync<JsFunction>("async stream => { globalThis.reader = stream.getReader(); await reader.read(); }", cancellationToken: Token);
        await read!.InvokeAsync(Endless(ended, Token));

        await runtime.DisposeAsync();

        await ended.Task.WaitAsync(Ceiling, Token);
    }

    [Fact]
    public async Task SameSource_SentTwice_IsTheSameStream()
    {
        await using var runtime = await TestRuntimes.CreateAsync(Token);
        using var source = JsStreamSource.From(Items(1));
        var same = await runtime.EvaluateAsync<JsFunction>("(a, b) => a === b && a instanceof ReadableStream", cancellationToken: Token);

        (await same!.InvokeAsync<bool>(source, source)).ShouldBeTrue();
    }

    [Fact]
    public async Task Disposed_CannotBeSent_AndFailsPendingReads()
    {
        await using var runtime = await TestRuntimes.CreateAsync(Token);
        var source = JsStreamSource.From(Silent(new TaskCompletionSource(), Token));
        var read = await runtime.EvaluateAsync<JsFunction>("stream => { globalThis.pending = stream.getReader().read(); }", cancellationToken: Token);
        await read!.InvokeAsync(source);

        source.Dispose();

        (await Should.ThrowAsync<JavaScriptException>(async () => await runtime.EvaluateAsync("pending", cancellationToken: Token))).Message.ShouldContain("Stream has been closed");
        (await Should.ThrowAsync<ObjectDisposedException>(async () => await read.InvokeAsync(source))).Message.ShouldContain("Stream has been closed");
    }

    [Fact]
    [Trait("Upstream", "2.17: a collected source handle ends nothing")]
    public async Task Collected_Handle_DoesNotEndWhatJavaScriptReads()
    {
        await using var runtime = await TestRuntimes.CreateAsync(Token);
        var keep = await runtime.EvaluateAsync<JsFunction>("stream => { globalThis.reader = stream.getReader(); }", cancellationToken: Token);
        var handle = await SendAndDropAsync(keep!);

        await Eventually.HoldsAsync(
            () =>
            {
                GC.Collect();
                GC.WaitForPendingFinalizers();
                return !handle.IsAlive;
            },
            () => "the handle is not collected");

        (await runtime.EvaluateAsync<string>("reader.read().then(r => r.value)", cancellationToken: Token)).ShouldBe("still");
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static async Task<WeakReference> SendAndDropAsync(JsFunction keep)
    {
        var source = JsStreamSource.From(Items("still", "here"));
        await keep.InvokeAsync(source);
        return new(source);
    }

    [Fact]
    public async Task ChannelReader_IsReadAndItsErrorToo()
    {
        await using var runtime = await TestRuntimes.CreateAsync(Token);
        var channel = Channel.CreateUnbounded<string>();
        var read = await runtime.EvaluateAsync<JsFunction>("async stream => { const all = []; try { for await (const item of stream) all.push(item); } catch (e) { all.push(e.code); } return all; }", cancellationToken: Token);

        var result = read!.InvokeAsync<string[]>(channel.Reader);
        await channel.Writer.WriteAsync("a", Token);
        await channel.Writer.WriteAsync("b", Token);
        channel.Writer.Complete(new JsHostException("late") { Code = "E_LATE" });

        (await result).ShouldBe(["a", "b", "E_LATE"]);
    }

    [Fact]
    public async Task Stream_GivesItsBytes_AndIsDisposedOf()
    {
        await using var runtime = await TestRuntimes.CreateAsync(Token);
        var bytes = RandomBytes(300_000);
        var stream = new MemoryStream(bytes);
        var read = await runtime.EvaluateAsync<JsFunction>(ReadBytes, cancellationToken: Token);

        (await read!.InvokeAsync<long[]>(stream)).ShouldBe([bytes.Length, Sum(bytes)]);

        stream.CanRead.ShouldBeFalse();
        runtime.GetStats().BytesStreamedToJs.ShouldBe(bytes.Length);
        runtime.GetStats().ActiveHostStreams.ShouldBe(0);
        await runtime.WaitForIdleAsync(Token);
    }

    [Fact]
    [Trait("Upstream", "2.17: stream backpressure")]
    public async Task PipeReader_IsReadWithBackpressure()
    {
        await using var runtime = await TestRuntimes.CreateAsync(Token);
        var pipe = new Pipe(new PipeOptions(readerScheduler: PipeScheduler.Inline, pauseWriterThreshold: 1000, resumeWriterThreshold: 500));
        var keep = await runtime.EvaluateAsync<JsFunction>("stream => { globalThis.stream = stream; }", cancellationToken: Token);
        await keep!.InvokeAsync(pipe.Reader);

        var flush = pipe.Writer.WriteAsync(new byte[2000], Token);
        flush.IsCompleted.ShouldBeFalse("nothing reads before JavaScript does");
        (await runtime.EvaluateAsync<int>("globalThis.reader = stream.getReader(); reader.read().then(r => r.value.length)", cancellationToken: Token)).ShouldBe(2000);
        await flush.AsTask().InTime();

        // A read in advance would have begun by the next turn, and would take the bytes while they are written.
        await runtime.EvaluateAsync("new Promise(next => setTimeout(next))", cancellationToken: Token);
        var next = pipe.Writer.WriteAsync(new byte[2000], Token);
        next.IsCompleted.ShouldBeFalse("nothing reads in advance");
        var size = runtime.EvaluateAsync<int>("(async () => { let n = 0; for (;;) { const { done, value } = await reader.read(); if (done) return n; n += value.length; } })()", cancellationToken: Token);
        await next.AsTask().InTime();
        await pipe.Writer.CompleteAsync();

        (await size.InTime()).ShouldBe(2000);
    }

    [Fact]
    public async Task PipeReader_CancelledByJavaScript_IsCompleted()
    {
        await using var runtime = await TestRuntimes.CreateAsync(Token);
        var pipe = new Pipe();
        await pipe.Writer.WriteAsync(new byte[10], Token);
        var read = await runtime.EvaluateAsync<JsFunction>("async stream => { const reader = stream.getReader(); await reader.read(); await reader.cancel(); }", cancellationToken: Token);

        await read!.InvokeAsync(pipe.Reader);

        (await pipe.Writer.WriteAsync(new byte[10], Token)).IsCompleted.ShouldBeTrue();
    }

    [Fact]
    public async Task HostFunction_MayReturnAStream()
    {
        await using var runtime = await TestRuntimes.CreateAsync(Token);
        runtime.BindFunction("ticks", (int count) => Items([.. Enumerable.Range(0, count)]));

        (await runtime.EvaluateAsync<int[]>("(async () => { const all = []; for await (const tick of ticks(3)) all.push(tick); return all; })()", cancellationToken: Token)).ShouldBe([0, 1, 2]);
    }

    [Fact]
    public async Task HostFunction_MayTakeAStream()
    {
        await using var runtime = await TestRuntimes.CreateAsync(Token);
        runtime.BindFunction("collect", async (JsStream stream) => await stream.ToListAsync(Token));

        (await runtime.EvaluateAsync<string[]>("collect(ReadableStream.from(['a', 'b']))", cancellationToken: Token)).ShouldBe(["a", "b"]);
    }

    private static async IAsyncEnumerable<T> Items<T>(params T[] items)
    {
        foreach (var item in items)
        {
            await Task.Yield();
            yield return item;
        }
    }

    private static async IAsyncEnumerable<int> Count(Func<int> next)
    {
        while (true)
        {
            await Task.Yield();
            yield return next();
        }
    }

    private static async IAsyncEnumerable<int> Failing(Exception failure)
    {
        await Task.Yield();
        yield return 1;
        throw failure;
    }

    private static async IAsyncEnumerable<int> Endless(TaskCompletionSource<bool> ended, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        try
        {
            while (true)
            {
                await Task.Yield();
                yield return 1;
            }
        }
        finally
        {
            ended.SetResult(cancellationToken.IsCancellationRequested);
        }
    }

    private static async IAsyncEnumerable<int> Silent(TaskCompletionSource cancelled, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        try
        {
            await Task.Delay(Timeout.Infinite, cancellationToken);
        }
        finally
        {
            cancelled.TrySetResult();
        }

        yield return 0;
    }

    private static byte[] RandomBytes(int count)
    {
        var bytes = new byte[count];
        new Random(1).NextBytes(bytes);
        return bytes;
    }

    private static long Sum(byte[] bytes) => bytes.Aggregate(7L, static (a, b) => ((a * 31) + b) % 65521);
}
