namespace JsRun.Hosting.Tests.Runtimes;

/// <summary>Termination, and the end of memory.</summary>
public sealed class RuntimeTerminationTests(OwnRuntime own) : IClassFixture<OwnRuntime>
{

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    [Trait("Upstream", "RT::test_runtime_terminate_interrupts_execution")]
    public async Task Terminate_WhileJavaScriptRuns_FailsEverythingWithTheReason()
    {
        using var gate = new Gate();
        await using var runtime = await own.NewAsync(new JsRuntimeOptions { Console = { OnMessage = _ => gate.Pass() } });
        var running = runtime.EvaluateAsync("console.log('runs'); while (true) {}", Token).AsTask();
        var queued = runtime.EvaluateAsync("1", Token).AsTask();
        await gate.Reached.InTime();
        gate.Open();

        await Task.Run(() => runtime.Terminate(), Token).InTime();

        (await Should.ThrowAsync<JsTerminatedException>(() => running.InTime())).Message.ShouldEndWith("Terminated by host request");
        await Should.ThrowAsync<JsTerminatedException>(() => queued.InTime());
        (runtime.State, runtime.IsClosed).ShouldBe((JsRuntimeState.Terminated, true));
        Should.Throw<JsTerminatedException>(() => runtime.Evaluate("1")).Reason.ShouldBe("Terminated by host request");
        runtime.Dispose();
        runtime.State.ShouldBe(JsRuntimeState.Disposed);
    }

    [Fact]
    public async Task Terminate_SynchronousEvaluationRuns_EndsIt()
    {
        using var gate = new Gate();
        await using var runtime = await own.NewAsync(new JsRuntimeOptions { Console = { OnMessage = _ => gate.Pass() } });
        var running = Task.Run(() => runtime.Evaluate("console.log('runs'); for (;;);"), Token);
        await gate.Reached.InTime();
        gate.Open();

        runtime.Terminate("maintenance");

        (await Should.ThrowAsync<JsTerminatedException>(() => running.InTime())).Reason.ShouldBe("maintenance");
    }

    [Fact]
    [Trait("Upstream", "RT::test_runtime_terminate_concurrent_calls")]
    public async Task Terminate_ManyAtOnce_TheFirstCounts()
    {
        using var gate = new Gate();
        await using var runtime = await own.NewAsync(new JsRuntimeOptions { Console = { OnMessage = _ => gate.Pass() } });
        var running = runtime.EvaluateAsync("console.log('runs'); while (true) {}", Token).AsTask();
        await gate.Reached.InTime();
        gate.Open();

        await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => Task.Run(() => runtime.Terminate(), Token))).InTime();

        (await Should.ThrowAsync<JsTerminatedException>(() => running.InTime())).Reason.ShouldBe("Terminated by host request");
        runtime.IsClosed.ShouldBeTrue();
    }

    [Fact]
    [Trait("Upstream", "RT::test_runtime_terminate_idle")]
    public async Task Terminate_Idle_IsClosed()
    {
        await using var runtime = await own.NewAsync();

        runtime.Terminate();
        runtime.Terminate("again");

        runtime.IsClosed.ShouldBeTrue();
        Should.Throw<JsTerminatedException>(() => runtime.Evaluate("1")).Message.ShouldEndWith("Terminated by host request");
        await Should.ThrowAsync<JsTerminatedException>(async () => await runtime.WaitForIdleAsync(Token));
    }

    [Fact]
    [Trait("Clock", "real")]
    public async Task Terminate_AfterATimeout_TellsItsOwnReason()
    {
        await using var runtime = await own.NewAsync();
        Should.Throw<JsTimeoutException>(() => runtime.Evaluate("for (;;);", new JsEvaluateOptions { Timeout = TimeSpan.FromMilliseconds(100) }));

        runtime.Terminate();

        Should.Throw<JsTerminatedException>(() => runtime.Evaluate("1")).Message.ShouldEndWith("Terminated by host request");
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    [Trait("Upstream", "RT::test_sync_eval_triggers_heap_termination")]
    [Trait("Upstream", "RT::test_async_eval_triggers_heap_termination")]
    public async Task Evaluate_HeapExhausted_EndsTheRuntime(bool asynchronous)
    {
        await using var runtime = await own.NewAsync(new JsRuntimeOptions { MaxHeapBytes = 32 << 20 });
        const string Code = "var list = []; for (;;) list.push({ a: [1, 2, 3], b: 'x' + list.length })";

        var error = asynchronous
            ? await Should.ThrowAsync<JsMemoryLimitException>(async () => await runtime.EvaluateAsync(Code, Token))
            : Should.Throw<JsMemoryLimitException>(() => runtime.Evaluate(Code));

        error.Message.ShouldContain("heap limit", Case.Insensitive);
        (runtime.State, runtime.IsClosed).ShouldBe((JsRuntimeState.Terminated, true));
        Should.Throw<JsMemoryLimitException>(() => runtime.Evaluate("1"));
    }

    [Fact]
    [Trait("Upstream", "2.15: strings that double under a heap limit end the runtime")]
    public async Task Evaluate_StringsThatDouble_EndTheRuntime()
    {
        await using var runtime = await own.NewAsync(new JsRuntimeOptions { MaxHeapBytes = 16 << 20 });

        // Flattened, or the doubling would only make ropes.
        Should.Throw<JsMemoryLimitException>(() => runtime.Evaluate("const all = []; let s = 'x'.repeat(1000); for (;;) { if (s.length < 1e6) s += s; all.push([...s]) }")).Message.ShouldContain("heap limit", Case.Insensitive);

        runtime.IsClosed.ShouldBeTrue();
    }

    [Fact]
    [Trait("Upstream", "2.15: a runtime with heap limits evaluates")]
    public async Task Evaluate_UnderTheHeapLimit_Works()
    {
        await using var runtime = await own.NewAsync(new JsRuntimeOptions { MaxHeapBytes = 16 << 20 });

        runtime.Evaluate("[...Array(1000).keys()].reduce((a, b) => a + b)").ShouldBe(499_500L);
    }

    [Fact]
    [Trait("Upstream", "2.17: ArrayBuffer memory bound")]
    public async Task Evaluate_ArrayBuffersExhausted_IsARangeErrorAndTheRuntimeGoesOn()
    {
        await using var runtime = await own.NewAsync(new JsRuntimeOptions { MaxArrayBufferBytes = 8 << 20 });

        Should.Throw<JavaScriptException>(() => runtime.Evaluate("{ const list = []; for (;;) list.push(new Uint8Array(256 * 1024)) }")).Name.ShouldBe("RangeError");

        runtime.Evaluate("1 + 1").ShouldBe(2L);
    }
}
