namespace JsRun.Hosting.Tests.Functions;

/// <summary>However a request ends, its lease goes back once.</summary>
[Collection(IsolateLifeCollection.Name)]
public sealed class LeaseEndTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("success")]
    [InlineData("throw")]
    [InlineData("no response")]
    [InlineData("timeout while running")]
    [InlineData("timeout while waiting")]
    [InlineData("client gone before the response")]
    [InlineData("client gone before it began")]
    [InlineData("client gone after the response")]
    [InlineData("stream abandoned")]
    [InlineData("stream read in part")]
    [InlineData("stream fails")]
    [InlineData("isolate lost")]
    [InlineData("memory limit")]
    [InlineData("waitUntil rejects")]
    [InlineData("waitUntil after client gone")]
    [InlineData("top level fails later")]
    [InlineData("shared timeout")]
    public async Task Lease_AnyEnd_GoesBackOnce(string end)
    {
        await using var app = await FunctionApp.StartAsync(o =>
        {
            o.Limits.Timeout = TimeSpan.FromSeconds(end.Contains("timeout", StringComparison.Ordinal) || end == "isolate lost" ? 0.3 : 30);
            o.Limits.MaxHeapBytes = 32 << 20;
            o.Isolation = end == "shared timeout" ? JsIsolation.Shared : JsIsolation.PerRequest;
        });
        var function = await app.HandleAsync(
            """
            switch (ctx.requestId) {
              case '/throw': throw new Error('x');
              case '/none': return undefined;
              case '/loop': for (;;);
              case '/wait': console.log('waits'); await request.text(); return new Response('late');
              case '/hoard': { const a = []; for (;;) a.push([1, 2, 3]); }
              case '/stream': return new Response(new ReadableStream({ async pull(c) { c.enqueue(new Uint8Array(1000)); await new Promise((r) => setTimeout(r)); } }));
              case '/broken': return new Response(new ReadableStream({ start(c) { c.enqueue(new Uint8Array(10)); }, pull(c) { c.error(new Error('midway')); } }));
              case '/rejects': ctx.waitUntil(Promise.reject(new Error('later'))); return new Response('x');
              case '/later': ctx.waitUntil(new Promise((r) => setTimeout(r, 50))); console.log('waits'); await request.text(); return new Response('x');
              default: return new Response('ok');
            }
            """,
            top: end == "top level fails later" ? "await new Promise((r) => setTimeout(r, 10)); if (performance.now() > 1e12) throw 1;" : "");
        var body = new System.IO.Pipelines.Pipe();
        using var client = new CancellationTokenSource();
        switch (end)
        {
            case "success" or "top level fails later":
                (await function.GetAsync()).ShouldBe("ok");
                break;
            case "throw":
                await Should.ThrowAsync<JavaScriptException>(async () => await function.GetAsync("/throw"));
                break;
            case "no response":
                await Should.ThrowAsync<JavaScriptException>(async () => await function.GetAsync("/none"));
                break;
            case "timeout while running" or "shared timeout":
                await Should.ThrowAsync<JsTimeoutException>(async () => await function.GetAsync("/loop"));
                break;
            case "timeout while waiting":
                await Should.ThrowAsync<JsTimeoutException>(async () => await function.SendAsync(EdgeFunctionCalls.Post(body.Reader, "/wait")));
                break;
            case "client gone before the response" or "waitUntil after client gone":
                var waiting = function.InvokeAsync(EdgeFunctionCalls.Post(body.Reader, end.StartsWith("wait", StringComparison.Ordinal) ? "/later" : "/wait"), client.Token).AsTask();
                await app.Logs.WaitForAsync(e => e.Message.Contains("waits", StringComparison.Ordinal));
                await client.CancelAsync();
                await Should.ThrowAsync<OperationCanceledException>(async () => await waiting.InTime());
                break;
            case "client gone before it began":
                await client.CancelAsync();
                await Should.ThrowAsync<OperationCanceledException>(async () => await function.InvokeAsync(EdgeFunctionCalls.Get(), client.Token));
                break;
            case "client gone after the response":
                var response = await function.InvokeAsync(EdgeFunctionCalls.Get("/stream"), client.Token).InTime();
                var pipe = new System.IO.Pipelines.Pipe();
                var writing = response.WriteBodyAsync(pipe.Writer, client.Token).AsTask();
                await pipe.Reader.ReadAsync(Token);
                await client.CancelAsync();
                await Should.ThrowAsync<OperationCanceledException>(async () => await writing.InTime());
                await response.DisposeAsync().InTime();
                break;
            case "stream abandoned":
                await (await function.InvokeAsync(EdgeFunctionCalls.Get("/stream"), Token).InTime()).DisposeAsync().InTime();
                break;
            case "stream read in part":
                var partial = await function.InvokeAsync(EdgeFunctionCalls.Get("/stream"), Token).InTime();
                var half = new System.IO.Pipelines.Pipe();
                var copying = partial.WriteBodyAsync(half.Writer, Token).AsTask();
                await half.Reader.ReadAsync(Token);
                await half.Reader.CompleteAsync();
                await Should.ThrowAsync<OperationCanceledException>(async () => await copying.InTime());
                await partial.DisposeAsync().InTime();
                break;
            case "stream fails":
                await Should.ThrowAsync<JavaScriptException>(async () => await function.GetAsync("/broken"));
                break;
            case "isolate lost":
                var lost = function.InvokeAsync(EdgeFunctionCalls.Post(body.Reader, "/wait"), Token).AsTask();
                await Record.ExceptionAsync(async () => await function.GetAsync("/loop"));
                (await Record.ExceptionAsync(async () => await lost.InTime())).ShouldNotBeNull();
                break;
            case "memory limit":
                await Should.ThrowAsync<JsMemoryLimitException>(async () => await function.GetAsync("/hoard"));
                break;
            case "waitUntil rejects":
                (await function.GetAsync("/rejects")).ShouldBe("x");
                break;
        }

        await app.LeasesReturnedAsync();
        (await function.GetAsync()).ShouldBe("ok");
        await app.LeasesReturnedAsync();
    }
}
