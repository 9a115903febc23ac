using System.IO.Pipelines;
using JsRun.Functions;
using Microsoft.Extensions.Time.Testing;

namespace JsRun.Hosting.Tests.Functions;

/// <summary>Open streams and slow uploads leave room for other requests.</summary>
public sealed class StreamPlaceTests
{
    private const string Stream = """
        request.signal.addEventListener('abort', () => console.log('told'));
        return new Response(new ReadableStream({ async start(c) { c.enqueue(new TextEncoder().encode('begun')); await new Promise(() => {}); } }));
        """;

    [Theory]
    [InlineData(JsIsolation.PerRequest)]
    [InlineData(JsIsolation.Shared)]
    public async Task Streams_HoldAllLeases_OthersAreServed(JsIsolation isolation)
    {
        var time = new FakeTimeProvider();
        await using var app = await StartAsync(isolation, time);
        var echo = await app.EchoAsync();
        var function = await app.HandleAsync(Stream);
        var streams = new List<EdgeFunctionResponse>();
        for (var i = 0; i < 4; i++)
        {
            streams.Add(await function.InvokeAsync(EdgeFunctionCalls.Get(), TestContext.Current.CancellationToken).InTime());
        }

        app.Pool.Leases.ShouldBe(4);
        var answer = echo.GetAsync("/other");
        await Eventually.HoldsAsync(() => app.Pool.Queued == 1);
        time.Advance(TimeSpan.FromSeconds(1));

        (await answer.InTime()).ShouldBe("/other");
        await app.Logs.WaitForAsync(e => e.Id == 101 && e.Message.Contains("told", StringComparison.Ordinal));
        await Eventually.HoldsAsync(() => app.Pool.Leases == 3);
        var error = await Should.ThrowAsync<JsPoolExhaustedException>(async () => await Task.WhenAny(streams.Select(s => s.ReadTextAsync())).Unwrap().InTime());
        error.Message.ShouldContain("JsRun:Pool:MaxStreamPercent");
        foreach (var stream in streams)
        {
            await stream.DisposeAsync();
        }
    }

    [Theory]
    [InlineData(JsIsolation.PerRequest)]
    [InlineData(JsIsolation.Shared)]
    public async Task Streams_HoldTheirPartAndOthersMostOfTheRest_TheNextIsRefused(JsIsolation isolation)
    {
        var time = new FakeTimeProvider();
        await using var app = await StartAsync(isolation, time);
        var function = await app.HandleAsync(Stream);
        await using var first = await function.InvokeAsync(EdgeFunctionCalls.Get(), TestContext.Current.CancellationToken).InTime();
        await using var second = await function.InvokeAsync(EdgeFunctionCalls.Get(), TestContext.Current.CancellationToken).InTime();
        time.Advance(TimeSpan.FromSeconds(1));
        var upload = new Pipe();
        var reads = await app.HandleAsync("return new Response(await request.text());");
        var reading = reads.SendAsync(EdgeFunctionCalls.Post(upload.Reader));
        await Eventually.HoldsAsync(() => app.Pool.Leases == 3);

        (await Should.ThrowAsync<JsPoolExhaustedException>(async () => await function.GetAsync().InTime())).Message.ShouldContain("JsRun:Pool:MaxStreamPercent");

        await upload.Writer.CompleteAsync();
        (await reading.InTime()).ShouldBe("");
    }

    [Theory]
    [Trait("Clock", "real")]
    [InlineData(JsIsolation.PerRequest)]
    [InlineData(JsIsolation.Shared)]
    public async Task SlowUploads_HoldAllLeases_OthersAreServed(JsIsolation isolation)
    {
        var time = new FakeTimeProvider();
        await using var app = await StartAsync(isolation, time);
        var echo = await app.EchoAsync();
        var function = await app.HandleAsync("return new Response(await request.text());");
        var uploads = Enumerable.Range(0, 4).Select(_ => new Pipe()).ToArray();
        var answers = uploads.Select(u => function.SendAsync(EdgeFunctionCalls.Post(u.Reader))).ToArray();
        await Eventually.HoldsAsync(() => app.Pool.Leases == 4);
        // The first bytes: all have begun to read.
        foreach (var upload in uploads)
        {
            await upload.Writer.WriteAsync("x"u8.ToArray(), TestContext.Current.CancellationToken);
        }

        var answer = echo.GetAsync("/other");
        await Eventually.HoldsAsync(() => app.Pool.Queued == 1);
        while (!answer.IsCompleted)
        {
            time.Advance(TimeSpan.FromMilliseconds(250));
            await Task.WhenAny(answer, Task.Delay(5, TestContext.Current.CancellationToken));
        }

        (await answer).ShouldBe("/other");
        await Should.ThrowAsync<JsPoolExhaustedException>(async () => await Task.WhenAny(answers).Unwrap().InTime());
        foreach (var upload in uploads)
        {
            await upload.Writer.CompleteAsync();
        }

        await Should.ThrowAsync<JsPoolExhaustedException>(async () => await Task.WhenAll(answers).InTime());
        answers.Count(a => a.IsCompletedSuccessfully && a.Result == "x").ShouldBe(3);
    }

    private static Task<FunctionApp> StartAsync(JsIsolation isolation, FakeTimeProvider time) => FunctionApp.StartAsync(
        o =>
        {
            o.Isolation = isolation;
            (o.Pool.MaxIsolates, o.Pool.LeasesPerIsolate, o.Pool.MaxStreamPercent) = (1, 4, 50);
        },
        time);
}
