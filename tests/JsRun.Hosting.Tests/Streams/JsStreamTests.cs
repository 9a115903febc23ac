using System.Runtime.CompilerServices;
using System.Text;
using JsRun.Hosting.Tests.Runtimes;

namespace JsRun.Hosting.Tests.Streams;

public sealed class JsStreamTests
{
    private static readonly TimeSpan Ceiling = TimeSpan.FromSeconds(30);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    [Trait("Upstream", "RT::test_js_stream_round_trip")]
    public async Task Chunks_AreReadToTheEnd()
    {
        await using var runtime = await TestRuntimes.CreateAsync(Token);
        var stream = await runtime.EvaluateAsync<JsStream>("new ReadableStream({ start(c) { c.enqueue('alpha'); c.enqueue('beta'); c.close(); } })", cancellationToken: Token);

        (await stream!.ToListAsync(Token)).ShouldBe(["alpha", "beta"]);
        stream!.IsClosed.ShouldBeTrue();
    }

    [Fact]
    [Trait("Upstream", "2.17: stream of a push source that enqueues late")]
    public async Task Chunks_OfAPushSource_ArriveAlsoWhenTheyComeLate()
    {
        await using var runtime = await TestRuntimes.CreateAsync(Token);
        var stream = await runtime.EvaluateAsync<JsStream>("new ReadableStream({ start(c) { setTimeout(() => { c.enqueue(1); setTimeout(() => { c.enqueue(2); c.close(); }, 2); }, 2); } })", cancellationToken: Token);

        (await stream!.ToListAsync(Token)).ShouldBe([1L, 2L]);
    }

    [Fact]
    [Trait("Upstream", "2.17: stream backpressure")]
    public async Task Read_AsksTheStreamForNoMoreThanIsRead()
    {
        await using var runtime = await TestRuntimes.CreateAsync(Token);
        var stream = await runtime.EvaluateAsync<JsStream>("globalThis.pulls = 0; new ReadableStream({ pull(c) { c.enqueue(++pulls); } }, { highWaterMark: 0 })", cancellationToken: Token);
        var chunks = stream!.GetAsyncEnumerator(Token);

        await chunks.MoveNextAsync();
        await chunks.MoveNextAsync();

        (await runtime.EvaluateAsync<int>("pulls", cancellationToken: Token)).ShouldBe(2);
        await chunks.DisposeAsync();
    }

    [Fact]
    public async Task Read_InterleavesWithEvaluations()
    {
        await using var runtime = await TestRuntimes.CreateAsync(Token);
        var waiting = runtime.EvaluateAsync<int>("new Promise(resolve => { globalThis.finish = resolve; })", cancellationToken: Token);
        var stream = await runtime.EvaluateAsync<JsStream>("new ReadableStream({ start(c) { c.enqueue('x'); c.close(); } })", cancellationToken: Token);

        (await stream!.ToListAsync(Token)).ShouldBe(["x"]);
        await runtime.EvaluateAsync("finish(1)", cancellationToken: Token);
        (await waiting).ShouldBe(1);
    }

    [Fact]
    [Trait("Upstream", "RT::test_js_stream_cancelled_from_python")]
    public async Task Break_CancelsTheStreamInJavaScript()
    {
        await using var runtime = await TestRuntimes.CreateAsync(Token);
        var stream = await runtime.EvaluateAsync<JsStream>("globalThis.reasons = []; new ReadableStream({ pull(c) { c.enqueue(1); }, cancel(reason) { reasons.push(reason); } })", cancellationToken: Token);

        await foreach (var chunk in stream!)
        {
            chunk.ShouldBe(1L);
            break;
        }

        (await runtime.EvaluateAsync<bool>("reasons.length === 1 && reasons[0] === undefined", cancellationToken: Token)).ShouldBeTrue();
        (await stream!.ToListAsync(Token)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Cancel_WithAReason_TellsTheSource()
    {
        await using var runtime = await TestRuntimes.CreateAsync(Token);
        var stream = await runtime.EvaluateAsync<JsStream>("new ReadableStream({ cancel(reason) { globalThis.reason = reason; } })", cancellationToken: Token);

        stream!.Cancel("enough");

        (await runtime.EvaluateAsync<string>("reason", cancellationToken: Token)).ShouldBe("enough");
    }

    [Fact]
    [Trait("Upstream", "RT::test_js_stream_error_raises_in_python")]
    [Trait("Upstream", "2.17: reading a stream after its error")]
    public async Task Error_OfTheController_IsThrownAfterTheChunksBefore()
    {
        await using var runtime = await TestRuntimes.CreateAsync(Token);
        var stream = await runtime.EvaluateAsync<JsStream>(
            "let pulled = 0; new ReadableStream({ pull(c) { if (pulled++ === 0) c.enqueue('x'); else c.error(new RangeError('boom')); } }, { highWaterMark: 0 })", cancellationToken: Token);
        var chunks = stream!.GetAsyncEnumerator(Token);

        (await chunks.MoveNextAsync()).ShouldBeTrue();
        var error = await Should.ThrowAsync<JavaScriptException>(async () => await chunks.MoveNextAsync());

        error.Name.ShouldBe("RangeError");
        error.Message.ShouldContain("boom");
        (await chunks.MoveNextAsync()).ShouldBeFalse("it has told its error");
        stream.IsClosed.ShouldBeTrue();
        runtime.GetStats().ActiveJsStreams.ShouldBe(0);
    }

    [Fact]
    public async Task Reader_Second_IsRefused()
    {
        await using var runtime = await TestRuntimes.CreateAsync(Token);
        await using var stream = await runtime.EvaluateAsync<JsStream>("new ReadableStream()", cancellationToken: Token);

        _ = stream!.GetAsyncEnumerator(Token);

        Should.Throw<InvalidOperationException>(() => stream.GetAsyncEnumerator(Token)).Message.ShouldContain("one reader");
    }

    [Fact]
    public async Task LockedStream_FailsWhenItIsRead()
    {
        await using var runtime = await TestRuntimes.CreateAsync(Token);
        var stream = await runtime.EvaluateAsync<JsStream>("globalThis.s = new ReadableStream(); s.getReader(); s", cancellationToken: Token);

        (await Should.ThrowAsync<JavaScriptException>(async () => await stream!.ToListAsync(Token))).Name.ShouldBe("TypeError");
    }

    [Fact]
    public async Task SentBack_IsTheSameStream()
    {
        await using var runtime = await TestRuntimes.CreateAsync(Token);
        await using var stream = await runtime.EvaluateAsync<JsStream>("globalThis.s = new ReadableStream()", cancellationToken: Token);
        var same = await runtime.EvaluateAsync<JsFunction>("x => x === s", cancellationToken: Token);

        (await same!.InvokeAsync<bool>(stream)).ShouldBeTrue();
    }

    [Fact]
    [Trait("Upstream", "2.17: functions of another runtime are refused")]
    public async Task SentToAnotherRuntime_IsRefused()
    {
        await using var first = await TestRuntimes.CreateAsync(Token);
        await using var second = await TestRuntimes.CreateAsync(Token);
        await using var stream = await first.EvaluateAsync<JsStream>("new ReadableStream()", cancellationToken: Token);
        var identity = await second.EvaluateAsync<JsFunction>("x => x", cancellationToken: Token);

        (await Should.ThrowAsync<JsConversionException>(async () => await identity!.InvokeAsync(stream))).Message.ShouldContain("another runtime");
    }

    [Fact]
    public async Task ReadAllAsync_GivesTheTypeAskedFor()
    {
        await using var runtime = await TestRuntimes.CreateAsync(Token);
        var stream = await runtime.EvaluateAsync<JsStream>("ReadableStream.from([{ x: 1, y: 2 }, { x: 3, y: 4 }])", cancellationToken: Token);
        var points = new List<Point?>();

        await foreach (var point in stream!.ReadAllAsync<Point>(Token))
        {
            points.Add(point);
        }

        points.ShouldBe([new Point(1, 2), new Point(3, 4)]);
    }

    [Fact]
    public async Task AsStream_GivesAllBytes()
    {
        await using var runtime = await TestRuntimes.CreateAsync(Token);
        var stream = await runtime.EvaluateAsync<JsStream>(
            "let n = 0; new ReadableStream({ pull(c) { if (n === 5) return c.close(); c.enqueue(new Uint8Array(n === 2 ? 0 : 200_000).fill(n)); n++; } })", cancellationToken: Token);
        using var copy = new MemoryStream();

        await using var bytes = stream!.AsStream();
        await bytes.CopyToAsync(copy, Token);

        copy.ToArray().ShouldBe([.. new[] { 0, 1, 3, 4 }.SelectMany(n => Enumerable.Repeat((byte)n, 200_000))]);
        runtime.GetStats().BytesStreamedToHost.ShouldBe(800_000);
    }

    [Fact]
    public async Task AsStream_OfText_SaysWhatToDo()
    {
        await using var runtime = await TestRuntimes.CreateAsync(Token);
        var stream = await runtime.EvaluateAsync<JsStream>("ReadableStream.from(['text'])", cancellationToken: Token);

        (await Should.ThrowAsync<JsConversionException>(async () => await stream!.AsStream().ReadExactlyAsync(new byte[1], Token))).Message.ShouldContain("TextEncoderStream");
    }

    [Fact]
    public async Task AsStream_SynchronousRead_IsRefused()
    {
        await using var runtime = await TestRuntimes.CreateAsync(Token);
        await using var stream = await runtime.EvaluateAsync<JsStream>("new ReadableStream()", cancellationToken: Token);

        Should.Throw<NotSupportedException>(() => stream!.AsStream().ReadByte());
    }

    [Fact]
    public async Task AsPipeReader_GivesAllBytes()
    {
        await using var runtime = await TestRuntimes.CreateAsync(Token);
        var stream = await runtime.EvaluateAsync<JsStream>("ReadableStream.from(['grüße', ' an alle']).pipeThrough(new TextEncoderStream())", cancellationToken: Token);
        var reader = stream!.AsPipeReader();

        var result = await reader.ReadAtLeastAsync(100, Token);

        Encoding.UTF8.GetString(result.Buffer).ShouldBe("grüße an alle");
        await reader.CompleteAsync();
    }

    [Fact]
    public async Task AsChannelReader_GivesAllAndTheError()
    {
        await using var runtime = await TestRuntimes.CreateAsync(Token);
        var stream = await runtime.EvaluateAsync<JsStream>("ReadableStream.from((async function* () { yield 1; yield 2; throw new Error('late'); })())", cancellationToken: Token);
        var channel = stream!.AsChannelReader<int>(cancellationToken: Token);
        var seen = new List<int>();

        var error = await Should.ThrowAsync<JavaScriptException>(async () =>
        {
            await foreach (var item in channel.ReadAllAsync(Token))
            {
                seen.Add(item);
            }
        });

        seen.ShouldBe([1, 2]);
        error.Message.ShouldContain("late");
    }

    [Fact]
    public async Task Read_Cancelled_EndsAndCancelsTheStream()
    {
        await using var runtime = await TestRuntimes.CreateAsync(Token);
        var stream = await runtime.EvaluateAsync<JsStream>("new ReadableStream({ cancel() { globalThis.cancelled = true; } })", cancellationToken: Token);
        using var source = new CancellationTokenSource();
        var read = stream!.GetAsyncEnumerator(source.Token).MoveNextAsync();

        await source.CancelAsync();

        await Should.ThrowAsync<OperationCanceledException>(async () => await read);
        (await runtime.EvaluateAsync<bool>("cancelled", cancellationToken: Token)).ShouldBeTrue();
    }

    [Fact]
    public async Task Read_PendingWhenTheRuntimeIsDisposedOf_Ends()
    {
        var runtime = await TestRuntimes.CreateAsync(Token);
        var stream = await runtime.EvaluateAsync<JsStream>("new ReadableStream()", cancellationToken: Token);
        var read = stream!.GetAsyncEnumerator(Token).MoveNextAsync().AsTask();

        await runtime.DisposeAsync();

        await Should.ThrowAsync<ObjectDisposedException>(() => read.WaitAsync(Ceiling, Token));
    }

    [Fact]
    public async Task ReadToTheEnd_JavaScriptLetsGoOfIt()
    {
        await using var host = await TestHost.StartAsync();
        await using var runtime = await host.Runtimes.CreateAsync(new JsRuntimeOptions { MaxHeapBytes = 64 << 20 }, Token);
        var read = new List<JsStream>();

        // A mebibyte in each, in all more than the heap may hold.
        for (var i = 0; i < 100; i++)
        {
            var stream = (await runtime.EvaluateAsync<JsStream>("{ const held = new Array(1 << 17).fill(0.5); new ReadableStream({ pull(c) { c.enqueue(held.length); c.close(); } }); }", cancellationToken: Token))!;
            (await stream.ToListAsync(Token)).ShouldBe([1L << 17]);
            read.Add(stream);
        }

        read.Count.ShouldBe(100);
        runtime.GetStats().ActiveJsStreams.ShouldBe(0);
    }

    [Fact]
    public async Task Collected_IsCancelledInJavaScript()
    {
        await using var runtime = await TestRuntimes.CreateAsync(Token);
        await DropAsync(runtime);

        await Eventually.HoldsAsync(() =>
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
            return runtime.Evaluate<bool>("cancelled");
        });

        runtime.GetStats().ActiveJsStreams.ShouldBe(0);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static async Task DropAsync(IJsRuntime runtime) =>
        _ = await runtime.EvaluateAsync<JsStream>("globalThis.cancelled = false; new ReadableStream({ cancel() { cancelled = true; } })", cancellationToken: Token);

    private sealed record Point(int X, int Y);
}
