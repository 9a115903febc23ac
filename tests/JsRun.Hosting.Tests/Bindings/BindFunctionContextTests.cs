using System.Collections.Concurrent;
using JsRun.Hosting.Tests.Values;

namespace JsRun.Hosting.Tests.Bindings;

/// <summary>Where host functions run, for whom, and for how long.</summary>
public sealed class BindFunctionContextTests(OwnRuntime own) : IClassFixture<OwnRuntime>
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task BindFunction_CallSitesExecutionContext_Flows()
    {
        var local = new AsyncLocal<string> { Value = "binding" };
        await using var runtime = await own.NewAsync();
        runtime.BindFunction("get", () => local.Value);
        runtime.BindFunction("getLater", async () =>
        {
            await Task.Yield();
            return local.Value;
        });
        runtime.BindFunction("set", (string value) => { local.Value = value; });
        local.Value = "call";

        (await runtime.EvaluateAsync("(async () => { set('inside'); return [get(), await getLater()]; })()", Token)).ShouldBeExactly(new List<object?> { "call", "call" });

        local.Value.ShouldBe("call");
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task BindFunction_Handlers_RunOnTheIsolatesThreadAndContinueOnThePool(bool captures)
    {
        var threads = new ConcurrentDictionary<string, int>();
        var onPool = false;
        // Its continuations run inline, unless something keeps them from it.
        var gate = new TaskCompletionSource();
        await using var runtime = await own.NewAsync();
        runtime.BindFunction("sync", () => { threads["sync"] = Environment.CurrentManagedThreadId; });
        runtime.BindFunction("later", async () =>
        {
            threads["before"] = Environment.CurrentManagedThreadId;
            await gate.Task.ConfigureAwait(captures);
            (threads["after"], onPool) = (Environment.CurrentManagedThreadId, Thread.CurrentThread.IsThreadPoolThread);
        });
        // Completes the other one's task on the isolate's thread, where its continuation must not run.
        runtime.BindFunction("open", () => { gate.SetResult(); });

        await runtime.EvaluateAsync("(async () => { sync(); const p = later(); open(); await p; })()", Token);

        threads["before"].ShouldBe(threads["sync"]);
        threads["after"].ShouldNotBe(threads["sync"]);
        onPool.ShouldBeTrue();
    }

    [Fact]
    public async Task Console_CompletesATask_ItsContinuationRunsOnThePool()
    {
        var gate = new TaskCompletionSource();
        var isolate = 0;
        await using var runtime = await own.NewAsync(new JsRuntimeOptions
        {
            Console = { OnMessage = _ =>
            {
                isolate = Environment.CurrentManagedThreadId;
                gate.SetResult();
            } },
        });
        runtime.BindFunction("later", async () =>
        {
            await gate.Task;
            return Environment.CurrentManagedThreadId;
        });

        var thread = await runtime.EvaluateAsync<int>("(async () => { const p = later(); console.log('opens'); return await p; })()", Token);

        thread.ShouldNotBe(isolate);
    }

    [Fact]
    public async Task BindFunction_Token_IsCancelledWithTheEvaluation()
    {
        var started = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var cancelled = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var runtime = await own.NewAsync();
        runtime.BindFunction("wait", async (CancellationToken token) =>
        {
            token.Register(() => cancelled.SetResult());
            started.SetResult();
            await Task.Delay(Timeout.Infinite, token);
        });
        using var cancellation = CancellationTokenSource.CreateLinkedTokenSource(Token);

        var evaluation = runtime.EvaluateAsync("wait()", cancellation.Token).AsTask();
        await started.Task.InTime();
        await cancellation.CancelAsync();

        await Should.ThrowAsync<OperationCanceledException>(() => evaluation);
        await cancelled.Task.InTime();
        (await runtime.EvaluateAsync("1 + 1", Token)).ShouldBe(2L);
    }

    [Fact]
    [Trait("Clock", "real")]
    public async Task BindFunction_Token_IsCancelledByATimeoutAndByDisposal()
    {
        var tokens = new ConcurrentQueue<TaskCompletionSource>();
        var runtime = await own.NewAsync(new JsRuntimeOptions { Timeout = TimeSpan.FromMilliseconds(50) });
        runtime.BindFunction("wait", (CancellationToken token) =>
        {
            var cancelled = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            token.Register(() => cancelled.SetResult());
            tokens.Enqueue(cancelled);
            return Task.Delay(Timeout.Infinite, CancellationToken.None);
        });

        await Should.ThrowAsync<JsTimeoutException>(() => runtime.EvaluateAsync("wait()", Token).AsTask());
        await tokens.Last().Task.InTime();

        await runtime.EvaluateAsync("void wait()", Token);
        await runtime.DisposeAsync();
        await tokens.Last().Task.InTime();
        tokens.Count.ShouldBe(2);
    }

    [Fact]
    public async Task BindFunction_PendingCall_KeepsTheRuntimeFromBeingIdle()
    {
        var gate = new TaskCompletionSource<int>();
        await using var runtime = await own.NewAsync();
        runtime.BindFunction("wait", () => gate.Task);
        await runtime.EvaluateAsync("var result; wait().then((r) => { result = r; }); 0", Token);

        var idle = runtime.WaitForIdleAsync(Token).AsTask();
        await runtime.EvaluateAsync("0", Token);
        idle.IsCompleted.ShouldBeFalse();
        gate.SetResult(7);
        await idle.InTime();

        (await runtime.EvaluateAsync("result", Token)).ShouldBe(7L);
    }
}
