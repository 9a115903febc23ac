using JsRun.Functions;
using Microsoft.Extensions.Time.Testing;

namespace JsRun.Hosting.Tests.Functions;

public sealed class IsolationTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task PerRequest_State_LeavesNoTrace()
    {
        await using var app = await FunctionApp.StartAsync(o => o.Pool.MaxIsolates = 1);
        var function = await app.HandleAsync(
            """
            const seen = [typeof globalThis.leak, typeof [].leak, count++, typeof Response.leak, env.leak];
            globalThis.leak = Array.prototype.leak = Response.leak = env.leak = 1;
            return new Response(seen.join());
            """,
            top: "let count = 0;");

        for (var i = 0; i < 10; i++)
        {
            (await function.GetAsync()).ShouldBe("undefined,undefined,0,undefined,");
        }

        (await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => function.GetAsync()))).ShouldAllBe(t => t == "undefined,undefined,0,undefined,");
    }

    [Fact]
    public async Task PerRequest_ContextsStandingBy_AreUsedAndRefilled()
    {
        await using var app = await FunctionApp.StartAsync(o => o.Pool.MaxIsolates = 1);
        // A context that stood by was made before the request came.
        var function = await app.HandleAsync("return new Response(String(made));", top: "console.log('made'); const made = performance.timeOrigin;");
        await Eventually.HoldsAsync(() => Made(app) == 1);

        (await function.GetAsync()).ShouldNotBeEmpty();

        await Eventually.HoldsAsync(() => Made(app) == 2);
        (await function.GetAsync()).ShouldNotBeEmpty();
        await Eventually.HoldsAsync(() => Made(app) == 3);
    }

    [Fact]
    public async Task PerRequest_DefinitionReplaced_NoMoreContextsOfTheOldAreMade()
    {
        await using var app = await FunctionApp.StartAsync(o =>
        {
            o.Pool.MaxIsolates = 1;
            o.Pool.LeasesPerIsolate = 1;
        });
        var function = await app.DeployAsync("console.log('old'); export default { async fetch(request) { console.log('held'); await request.text(); return new Response('old') } }", "a.js");
        var body = new System.IO.Pipelines.Pipe();
        var held = function.SendAsync(EdgeFunctionCalls.Post(body.Reader));
        await app.Logs.WaitForAsync(e => e.Message.Contains("held", StringComparison.Ordinal));
        // This one waits in the queue with the old definition; the reload waits behind it.
        var queued = function.SendAsync(EdgeFunctionCalls.Post(System.IO.Pipelines.PipeReader.Create(Stream.Null)));
        app.Write("a.js", "console.log('new'); export default { fetch() { return new Response('new') } }");
        var reload = function.ReloadAsync(Token).AsTask();
        await body.Writer.CompleteAsync();

        (await held).ShouldBe("old");
        (await queued).ShouldBe("old");
        (await reload.InTime()).ShouldBeTrue();
        (await function.GetAsync()).ShouldBe("new");
        await app.LeasesReturnedAsync();
        var count = app.Logs.Entries.Count(e => e.Id == 101 && e.Message.EndsWith("old", StringComparison.Ordinal));
        (await function.GetAsync()).ShouldBe("new");
        await app.LeasesReturnedAsync();
        app.Logs.Entries.Count(e => e.Id == 101 && e.Message.EndsWith("old", StringComparison.Ordinal)).ShouldBe(count);
    }

    [Fact]
    public async Task Shared_ModuleState_LivesOn()
    {
        await using var app = await FunctionApp.StartAsync(o =>
        {
            o.Isolation = JsIsolation.Shared;
            o.Pool.MaxIsolates = 1;
        });
        var function = await app.HandleAsync("return new Response(String(++count));", top: "let count = 0;");

        for (var i = 1; i <= 5; i++)
        {
            (await function.GetAsync()).ShouldBe($"{i}");
        }

        (await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => function.GetAsync()))).Select(int.Parse).Order().ShouldBe(Enumerable.Range(6, 20));
    }

    [Fact]
    public async Task Context_ParamsRequestIdAndEnv_AreGiven()
    {
        await using var app = await FunctionApp.StartAsync(o => o.Env["NAME"] = "value");
        var function = await app.HandleAsync("return Response.json({ params: ctx.params, id: ctx.requestId, env, method: request.method, header: request.headers.get('x-a') });");

        var text = await function.SendAsync(new EdgeFunctionRequest
        {
            Method = "PUT",
            Url = "http://localhost/users/7",
            Headers = "X-A\n1\n",
            Params = new Dictionary<string, string> { ["id"] = "7" },
            RequestId = "request-1",
        });

        text.ShouldBe("""{"params":{"id":"7"},"id":"request-1","env":{"NAME":"value"},"method":"PUT","header":"1"}""");
    }

    [Fact]
    public async Task WaitUntil_Pending_KeepsTheLeaseUntilItSettles()
    {
        await using var app = await FunctionApp.StartAsync(o => o.Pool.MaxIsolates = 1);
        var function = await app.HandleAsync("ctx.waitUntil(request.text().catch((e) => console.log('settled ' + e.message))); return new Response('answer');");
        var body = new System.IO.Pipelines.Pipe();

        // The body goes back to its owner with the response, which ends the promise too.
        var response = await function.InvokeAsync(EdgeFunctionCalls.Post(body.Reader), Token).InTime();
        (await response.ReadTextAsync()).ShouldBe("answer");
        app.Pool.Leases.ShouldBe(1);
        await response.DisposeAsync().InTime();

        await app.Logs.WaitForAsync(e => e.Message.Contains("settled", StringComparison.Ordinal));
        await app.LeasesReturnedAsync();
    }

    [Fact]
    public async Task WaitUntil_SilentForLong_EndsAtTheIdleTimeout()
    {
        var time = new FakeTimeProvider();
        await using var app = await FunctionApp.StartAsync(time: time);
        var function = await app.HandleAsync("ctx.waitUntil(new Promise(() => {})); return new Response('answer');");
        (await function.GetAsync()).ShouldBe("answer");

        time.Advance(TimeSpan.FromSeconds(59));
        app.Pool.Leases.ShouldBe(1);
        time.Advance(TimeSpan.FromSeconds(1));

        await app.LeasesReturnedAsync();
    }

    [Fact]
    public async Task Stream_SilentForLong_EndsWithATimeoutAndTheLeaseGoesBack()
    {
        var time = new FakeTimeProvider();
        await using var app = await FunctionApp.StartAsync(time: time);
        var function = await app.HandleAsync("return new Response(new ReadableStream({ start(c) { c.enqueue(new Uint8Array(3)); } }));");
        var response = await function.InvokeAsync(EdgeFunctionCalls.Get(), Token).InTime();
        var pipe = new System.IO.Pipelines.Pipe();
        var writing = response.WriteBodyAsync(pipe.Writer, Token).AsTask();
        (await pipe.Reader.ReadAsync(Token)).Buffer.Length.ShouldBe(3);

        // Again and again, because the timer is set anew only when the flush has ended.
        await Eventually.HoldsAsync(() =>
        {
            time.Advance(TimeSpan.FromSeconds(60));
            return writing.IsCompleted;
        });

        (await Should.ThrowAsync<JsTimeoutException>(async () => await writing)).Message.ShouldContain("JsRun:Limits:IdleTimeout");
        await response.DisposeAsync().InTime();
        await app.LeasesReturnedAsync();
    }

    private static int Made(FunctionApp app) => app.Logs.Entries.Count(e => e.Id == 101 && e.Message.EndsWith("made", StringComparison.Ordinal));
}
