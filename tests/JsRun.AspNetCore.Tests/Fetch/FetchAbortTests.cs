using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace JsRun.AspNetCore.Tests.Fetch;

/// <summary>A signal counts at every stage, and the other side learns of it.</summary>
public sealed class FetchAbortTests
{
    private readonly TaskCompletionSource _reached = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _left = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Abort_BeforeTheStart_SendsNothing()
    {
        await using var lab = await StartAsync();

        (await lab.RunAsync("return fetch(up + '/wait', { signal: AbortSignal.abort('gone') }).catch((e) => e);")).ShouldBe("\"gone\"");

        _reached.Task.IsCompleted.ShouldBeFalse();
    }

    [Fact]
    public async Task Abort_WhileWaitingForTheAnswer_EndsTheRequest()
    {
        await using var lab = await StartAsync();

        (await lab.RunAsync("""
            const c = new AbortController();
            const answer = fetch(up + '/wait', { signal: c.signal }).catch((e) => e.name);
            await fetch(up + '/reached');
            c.abort();
            return answer;
            """)).ShouldBe("\"AbortError\"");

        await LeftAsync();
    }

    [Fact]
    public async Task Abort_WhileUploading_CancelsTheStreamAndEndsTheRequest()
    {
        await using var lab = await StartAsync();

        (await lab.RunAsync("""
            const c = new AbortController();
            let cancelled;
            const body = new ReadableStream({ start(controller) { controller.enqueue(new Uint8Array(1)); }, cancel(reason) { cancelled = reason; } });
            const answer = fetch(up + '/upload', { method: 'POST', body, duplex: 'half', signal: c.signal }).catch((e) => e);
            await fetch(up + '/reached');
            c.abort('enough');
            return [await answer, cancelled];
            """)).ShouldBe("""["enough","enough"]""");

        await LeftAsync();
    }

    [Fact]
    public async Task Abort_WhileReadingTheBody_FailsTheReadAndEndsTheRequest()
    {
        await using var lab = await StartAsync();

        (await lab.RunAsync("""
            const c = new AbortController();
            const response = await fetch(up + '/drip', { signal: c.signal });
            const reader = response.body.getReader();
            const first = new TextDecoder().decode((await reader.read()).value);
            const next = reader.read().catch((e) => e.name);
            c.abort();
            return [first, await next, await reader.closed.catch((e) => e.name)];
            """)).ShouldBe("""["first","AbortError","AbortError"]""");

        await LeftAsync();
    }

    [Fact]
    public async Task Abort_WhileTextIsRead_Rejects()
    {
        await using var lab = await StartAsync();

        (await lab.RunAsync("""
            const c = new AbortController();
            const response = await fetch(up + '/drip', { signal: c.signal });
            const text = response.text().catch((e) => e.name);
            c.abort();
            return text;
            """)).ShouldBe("\"AbortError\"");

        await LeftAsync();
    }

    [Fact]
    public async Task Cancel_OfTheBody_EndsTheRequest()
    {
        await using var lab = await StartAsync();

        await lab.RunAsync("await (await fetch(up + '/drip')).body.cancel();");

        await LeftAsync();
    }

    [Fact]
    public async Task Abort_AfterTheEnd_ChangesNothing()
    {
        await using var lab = await StartAsync();

        (await lab.RunAsync("""
            const c = new AbortController();
            const response = await fetch(up + '/short', { signal: c.signal });
            const text = await response.text();
            c.abort();
            return [text, response.bodyUsed];
            """)).ShouldBe("""["short",true]""");
    }

    private Task LeftAsync() => _left.Task.WaitAsync(TimeSpan.FromSeconds(30), Token);

    private Task<FetchLab> StartAsync() => FetchLab.StartAsync(app =>
    {
        app.MapGet("/short", () => "short");
        app.MapGet("/reached", () => _reached.Task.WaitAsync(TimeSpan.FromSeconds(30), Token));
        app.MapGet("/wait", WaitAsync);
        app.MapPost("/upload", async (HttpContext context) =>
        {
            await context.Request.Body.ReadExactlyAsync(new byte[1], Token);
            await WaitAsync(context);
        });
        app.MapGet("/drip", async (HttpContext context) =>
        {
            await context.Response.Body.WriteAsync(Encoding.UTF8.GetBytes("first"), Token);
            await context.Response.Body.FlushAsync(Token);
            await WaitAsync(context);
        });
    });

    // Until the other side leaves.
    private async Task WaitAsync(HttpContext context)
    {
        using var left = context.RequestAborted.Register(() => _left.TrySetResult());
        _reached.TrySetResult();
        await _left.Task.WaitAsync(TimeSpan.FromSeconds(30), Token);
    }
}
