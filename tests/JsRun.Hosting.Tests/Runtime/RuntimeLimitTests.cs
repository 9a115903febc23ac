using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace JsRun.Hosting.Tests.Runtime;

/// <summary>Clocks, cancellation, termination and memory of embedders' runtimes.</summary>
public sealed class RuntimeLimitTests(OwnRuntime own) : IClassFixture<OwnRuntime>
{
    private const string Endless = "for (;;);";
    private static readonly TimeSpan Short = TimeSpan.FromMilliseconds(100);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    [Trait("Upstream", "RT::test_eval_sync_timeout")]
    public async Task Evaluate_Endless_EndsAtTheTimeoutAndTheRuntimeGoesOn()
    {
        await using var runtime = await own.NewAsync(new JsRuntimeOptions { Timeout = Short });
        runtime.Evaluate("let kept = 5");

        var error = Should.Throw<JsTimeoutException>(() => runtime.Evaluate(Endless));

        error.Message.ShouldContain("Evaluation failed: Sync evaluation timed out after 100ms");
        (error.Timeout, error.PromisePending).ShouldBe((Short, false));
        runtime.IsClosed.ShouldBeFalse();
        runtime.Evaluate("kept").ShouldBe(5L);
        (await runtime.EvaluateAsync("Promise.resolve(kept)", Token)).ShouldBe(5L);
    }

    [Fact]
    [Trait("Upstream", "RT::test_eval_sync_completes_before_timeout")]
    [Trait("Upstream", "RT::test_eval_sync_error_before_timeout")]
    public async Task Evaluate_InTime_IsLeftAlone()
    {
        await using var runtime = await own.NewAsync(new JsRuntimeOptions { Timeout = TimeSpan.FromSeconds(30) });

        runtime.Evaluate("2 + 2").ShouldBe(4L);
        Should.Throw<JavaScriptException>(() => runtime.Evaluate("throw new Error('soon')")).JsMessage.ShouldBe("soon");
    }

    [Theory]
    [InlineData("try { for (;;); } catch { } finally { }")]
    [InlineData("let x = (() => { for (;;); })()")]
    [InlineData("class X { static { for (;;); } }")]
    [InlineData("({ get a() { for (;;); } })")]
    [InlineData("new Proxy([], { get() { for (;;); } })")]
    [InlineData("throw { get message() { for (;;); } }")]
    [InlineData("Error.prepareStackTrace = () => { for (;;); }; null.x")]
    [InlineData("/(a+)+b/.test('a'.repeat(60))")]
    public async Task Evaluate_EndlessInAnyPlace_EndsAtTheTimeout(string code)
    {
        await using var runtime = await own.NewAsync();

        Should.Throw<JsTimeoutException>(() => runtime.Evaluate(code, new JsEvaluateOptions { Timeout = Short }));

        runtime.Evaluate("1 + 1").ShouldBe(2L);
    }

    [Fact]
    [Trait("Upstream", "RT::test_concurrent_sync_operations_different_timeouts")]
    public async Task Evaluate_DifferentTimeouts_DoNotMix()
    {
        await using var quick = await own.NewAsync(new JsRuntimeOptions { Timeout = TimeSpan.FromSeconds(30) });
        await using var endless = await own.NewAsync(new JsRuntimeOptions { Timeout = TimeSpan.FromMilliseconds(50) });

        var stopped = Task.Run(() => Should.Throw<JsTimeoutException>(() => endless.Evaluate(Endless)), Token);
        var results = await Task.WhenAll(Enumerable.Range(0, 3).Select(i => Task.Run(() => quick.Evaluate($"let n{i} = 0; for (let i = 0; i < 1e6; i++) n{i}++; n{i}"))));

        results.ShouldBe([1_000_000L, 1_000_000L, 1_000_000L]);
        (await stopped).Message.ShouldContain("timed out");
    }

    [Theory]
    [InlineData("Promise.resolve('v')", "v")]
    [InlineData("Promise.resolve().then(() => Promise.resolve('nested'))", "nested")]
    [Trait("Upstream", "RT::test_eval_async_timeout_success")]
    [Trait("Upstream", "RT::test_eval_async_timeout_with_promise_chain")]
    [Trait("Upstream", "RT::test_eval_async_timeout_with_timedelta")]
    [Trait("Upstream", "RT::test_eval_async_timeout_with_int_seconds")]
    public async Task EvaluateAsync_InTime_GivesTheValue(string code, string expected) =>
        (await own.Runtime.EvaluateAsync(code, new JsEvaluateOptions { Timeout = TimeSpan.FromSeconds(30) }, Token)).ShouldBe(expected);

    [Fact]
    [Trait("Upstream", "RT::test_eval_async_no_timeout")]
    public async Task EvaluateAsync_NoTimeout_GivesTheValue() =>
        (await own.Runtime.EvaluateAsync("Promise.resolve(123)", new JsEvaluateOptions { Timeout = Timeout.InfiniteTimeSpan }, Token)).ShouldBe(123L);

    [Fact]
    [Trait("Upstream", "RT::test_eval_async_timeout_expiry")]
    public async Task EvaluateAsync_PendingPastTheTimeout_SaysSo()
    {
        var error = await Should.ThrowAsync<JsTimeoutException>(async () => await own.Runtime.EvaluateAsync("new Promise(() => {})", new JsEvaluateOptions { Timeout = Short }, Token));

        error.Message.ShouldContain("Evaluation failed: Evaluation timed out after 100ms (promise still pending)");
        error.PromisePending.ShouldBeTrue();
        own.Runtime.Evaluate("1 + 1").ShouldBe(2L);
    }

    [Fact]
    [Trait("Upstream", "RT::test_runtime_config_execution_timeout_applies_to_eval_async")]
    public async Task EvaluateAsync_RuntimesTimeout_IsTheDefault()
    {
        await using var runtime = await own.NewAsync(new JsRuntimeOptions { Timeout = Short });

        (await Should.ThrowAsync<JsTimeoutException>(async () => await runtime.EvaluateAsync("new Promise(() => {})", Token))).Message.ShouldContain("pending");
    }

    [Fact]
    [Trait("Upstream", "RT::test_eval_async_timeout_interrupts_sync_loop")]
    public async Task EvaluateAsync_Endless_EndsAtTheTimeout()
    {
        await using var runtime = await own.NewAsync();

        (await Should.ThrowAsync<JsTimeoutException>(async () => await runtime.EvaluateAsync(Endless, new JsEvaluateOptions { Timeout = Short }, Token)))
            .Message.ShouldContain("Async evaluation timed out after 100ms");

        (await runtime.EvaluateAsync("1 + 1", Token)).ShouldBe(2L);
    }

    [Fact]
    [Trait("Upstream", "RT::test_eval_module_async_timeout_interrupts_sync_loop")]
    public async Task ImportAsync_Endless_EndsAtTheTimeout()
    {
        await using var runtime = await own.NewAsync();
        runtime.AddModule("loop", "for (;;);");

        (await Should.ThrowAsync<JsTimeoutException>(async () => await runtime.ImportAsync("static:loop", new JsImportOptions { Timeout = Short }, Token))).Message.ShouldContain("timed out");

        runtime.Evaluate("1 + 1").ShouldBe(2L);
    }

    [Theory]
    [InlineData(-1000, "cannot be negative")]
    [InlineData(-5000, "cannot be negative")]
    [InlineData(0, "cannot be zero")]
    [InlineData(1e12, "is too large")]
    [Trait("Upstream", "RT::test_eval_async_timeout_validation")]
    [Trait("Upstream", "RT::test_runtime_config_timeout_validation_constructor")]
    [Trait("Upstream", "RT::test_runtime_config_timeout_validation_setter")]
    public async Task Timeout_Invalid_IsRefusedAtOnce(double milliseconds, string message)
    {
        var options = new JsEvaluateOptions { Timeout = TimeSpan.FromMilliseconds(milliseconds) };

        Should.Throw<ArgumentOutOfRangeException>(() => own.Runtime.Evaluate("1", options)).Message.ShouldContain(message);
        Should.Throw<ArgumentOutOfRangeException>(() => { own.Runtime.EvaluateAsync("1", options, Token).AsTask(); }).Message.ShouldContain(message);
        (await Should.ThrowAsync<ArgumentOutOfRangeException>(async () => await own.NewAsync(new JsRuntimeOptions { Timeout = options.Timeout!.Value }))).Message.ShouldContain($"Timeout {message}");
    }

    [Fact]
    public async Task EvaluateAsync_QueuedJobsTimeout_DoesNotHitTheRunningOne()
    {
        var time = new FakeTimeProvider();
        await using var host = await TestHost.StartAsync(services: services => services.AddSingleton<TimeProvider>(time));
        using var gate = new Gate();
        await using var runtime = await host.Runtimes.CreateAsync(new JsRuntimeOptions { Console = _ => gate.Pass() }, Token);
        var running = runtime.EvaluateAsync("console.log('x'); 'done'", Token).AsTask();
        await gate.Reached.InTime();
        var queued = runtime.EvaluateAsync("'queued'", new JsEvaluateOptions { Timeout = TimeSpan.FromSeconds(1) }, Token).AsTask();

        time.Advance(TimeSpan.FromSeconds(5));
        gate.Open();

        (await queued.InTime()).ShouldBe("queued", "its clock starts when it begins to run");
        (await running).ShouldBe("done");
    }

    [Fact]
    public async Task EvaluateAsync_OnesTimeout_LeavesTheOthersWhole()
    {
        await using var runtime = await own.NewAsync();
        var waiting = runtime.EvaluateAsync("new Promise(r => setTimeout(() => r('whole'), 300))", Token).AsTask();

        await Should.ThrowAsync<JsTimeoutException>(async () => await runtime.EvaluateAsync(Endless, new JsEvaluateOptions { Timeout = Short }, Token));

        (await waiting.InTime()).ShouldBe("whole");
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Evaluate_Cancelled_InterruptsAndTheRuntimeGoesOn(bool asynchronous)
    {
        await using var runtime = await own.NewAsync();
        using var cancellation = new CancellationTokenSource(Short);

        var error = asynchronous
            ? await Should.ThrowAsync<OperationCanceledException>(async () => await runtime.EvaluateAsync(Endless, cancellation.Token))
            : Should.Throw<OperationCanceledException>(() => runtime.Evaluate(Endless, null, cancellation.Token));

        error.CancellationToken.ShouldBe(cancellation.Token);
        runtime.Evaluate("1 + 1").ShouldBe(2L);
    }

    [Fact]
    public async Task EvaluateAsync_CancelledInTheQueue_NeverRuns()
    {
        using var gate = new Gate();
        await using var runtime = await own.NewAsync(new JsRuntimeOptions { Console = _ => gate.Pass() });
        using var cancellation = new CancellationTokenSource();
        var running = runtime.EvaluateAsync("console.log('x')", Token).AsTask();
        await gate.Reached.InTime();
        var queued = runtime.EvaluateAsync("globalThis.ran = 'yes'", cancellation.Token).AsTask();

        await cancellation.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(() => queued.InTime());
        gate.Open();

        await running.InTime();
        runtime.Evaluate("globalThis.ran ?? 'no'").ShouldBe("no");
    }

    [Fact]
    [Trait("Upstream", "RT::test_runtime_terminate_interrupts_execution")]
    public async Task Terminate_WhileJavaScriptRuns_FailsEverythingWithTheReason()
    {
        await using var runtime = await own.NewAsync();
        var running = runtime.EvaluateAsync(Endless, Token).AsTask();
        var queued = runtime.EvaluateAsync("1", Token).AsTask();
        await Task.Run(() => runtime.Terminate(), Token);

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
        await using var runtime = await own.NewAsync();
        var running = Task.Run(() => runtime.Evaluate(Endless), Token);
        await Eventually.HoldsAsync(() => running.Status == TaskStatus.Running);

        runtime.Terminate("maintenance");

        (await Should.ThrowAsync<JsTerminatedException>(() => running.InTime())).Reason.ShouldBe("maintenance");
    }

    [Fact]
    [Trait("Upstream", "RT::test_runtime_terminate_concurrent_calls")]
    public async Task Terminate_ManyAtOnce_TheFirstCounts()
    {
        await using var runtime = await own.NewAsync();
        var running = runtime.EvaluateAsync(Endless, Token).AsTask();

        await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => Task.Run(() => runtime.Terminate(), Token)));

        await Should.ThrowAsync<JsTerminatedException>(() => running.InTime());
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
    public async Task Terminate_AfterATimeout_TellsItsOwnReason()
    {
        await using var runtime = await own.NewAsync();
        Should.Throw<JsTimeoutException>(() => runtime.Evaluate(Endless, new JsEvaluateOptions { Timeout = Short }));

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
        await using var runtime = await own.NewAsync(new JsRuntimeOptions { MaxHeapBytes = 32 << 20, InitialHeapBytes = 2 << 20 });
        const string Code = "var list = []; for (;;) list.push({ a: [1, 2, 3], b: 'x' + list.length })";

        var error = asynchronous
            ? await Should.ThrowAsync<JsMemoryLimitException>(async () => await runtime.EvaluateAsync(Code, Token))
            : Should.Throw<JsMemoryLimitException>(() => runtime.Evaluate(Code));

        error.Message.ShouldContain("heap limit", Case.Insensitive);
        (runtime.State, runtime.IsClosed).ShouldBe((JsRuntimeState.Terminated, true));
        Should.Throw<JsMemoryLimitException>(() => runtime.Evaluate("1"));
    }

    [Fact]
    public async Task Evaluate_ArrayBuffersExhausted_IsARangeErrorAndTheRuntimeGoesOn()
    {
        await using var runtime = await own.NewAsync(new JsRuntimeOptions { MaxArrayBufferBytes = 8 << 20 });

        Should.Throw<JavaScriptException>(() => runtime.Evaluate("{ const list = []; for (;;) list.push(new Uint8Array(256 * 1024)) }")).Name.ShouldBe("RangeError");

        runtime.Evaluate("1 + 1").ShouldBe(2L);
    }

    [Fact]
    public async Task Dispose_WhileJavaScriptRuns_Ends()
    {
        var runtime = await own.NewAsync();
        var running = runtime.EvaluateAsync(Endless, Token).AsTask();

        await Task.Run(runtime.Dispose, Token).InTime();

        await Should.ThrowAsync<ObjectDisposedException>(() => running.InTime());
    }

    [Fact]
    public async Task Dispose_FromAHostFunction_DoesNotHang()
    {
        IJsRuntime? runtime = null;
        runtime = await own.NewAsync(new JsRuntimeOptions { Console = _ => runtime!.Dispose() });

        var running = Task.Run(() => Record.Exception(() => runtime.Evaluate("console.log('x'); for (;;);")), Token);

        (await running.InTime()).ShouldBeOfType<ObjectDisposedException>();
        runtime.State.ShouldBe(JsRuntimeState.Disposed);
    }

    [Fact]
    public async Task Evaluate_FromAHostFunction_RunsNested()
    {
        IJsRuntime? runtime = null;
        object? nested = null;
        runtime = await own.NewAsync(new JsRuntimeOptions { Console = message => nested = runtime!.Evaluate($"let inner = outer + {message.Text}; inner") });
        await using var disposal = runtime;

        runtime.Evaluate("let outer = 40; console.log('2'); outer + inner").ShouldBe(82L);

        nested.ShouldBe(42L);
    }

    [Fact]
    public async Task Evaluate_NestedTimeout_EndsOnlyTheNested()
    {
        IJsRuntime? runtime = null;
        Exception? nested = null;
        runtime = await own.NewAsync(new JsRuntimeOptions { Console = _ => nested = Record.Exception(() => runtime!.Evaluate(Endless, new JsEvaluateOptions { Timeout = Short })) });
        await using var disposal = runtime;

        runtime.Evaluate("let before = 1; console.log('go'); let after = before + 1; after").ShouldBe(2L);

        nested.ShouldBeOfType<JsTimeoutException>();
        runtime.Evaluate("after").ShouldBe(2L);
    }

    [Fact]
    public async Task Evaluate_OuterTimeoutWhileNestedRuns_EndsBoth()
    {
        IJsRuntime? runtime = null;
        Exception? nested = null;
        runtime = await own.NewAsync(new JsRuntimeOptions { Console = _ => nested = Record.Exception(() => runtime!.Evaluate(Endless)) });
        await using var disposal = runtime;

        Should.Throw<JsTimeoutException>(() => runtime.Evaluate("console.log('go'); globalThis.survived = true; for (;;);", new JsEvaluateOptions { Timeout = Short }));

        nested.ShouldNotBeNull();
        runtime.Evaluate("typeof survived").ShouldBe("undefined");
    }

    [Fact]
    public async Task Evaluate_NestedThrows_ReachesTheHostFunctionOnly()
    {
        IJsRuntime? runtime = null;
        Exception? nested = null;
        runtime = await own.NewAsync(new JsRuntimeOptions { Console = _ => nested = Record.Exception(() => runtime!.Evaluate("let z = 1; throw { hostException: 1 }")) });
        await using var disposal = runtime;

        runtime.Evaluate("console.log('go'); 'fine'").ShouldBe("fine");

        nested.ShouldBeOfType<JavaScriptException>();
    }

    [Fact]
    public async Task Finalizer_RuntimeDropped_ItsThreadEnds()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "threads have names that can be read");
        var before = Threads();
        await DropAsync();
        var added = Threads().Except(before).ToArray();
        added.ShouldNotBeEmpty();

        await Eventually.HoldsAsync(() =>
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
            return !Threads().Intersect(added).Any();
        });
    }

    /// <summary>The threads of isolates, by their numbers.</summary>
    private static string[] Threads() =>
        [.. Directory.EnumerateDirectories("/proc/self/task").Where(static t => File.Exists($"{t}/comm") && Name(t).StartsWith("jsrun-own", StringComparison.Ordinal))];

    private static string Name(string thread)
    {
        try
        {
            return File.ReadAllText($"{thread}/comm");
        }
        catch (IOException)
        {
            // It has just ended.
            return "";
        }
    }

    private async Task DropAsync()
    {
        var runtime = await own.NewAsync();
        (await runtime.EvaluateAsync("let x = 1; x", Token)).ShouldBe(1L);
        _ = runtime.Evaluate<JsFunction>("() => x");
        await runtime.WaitForIdleAsync(Token);
    }
}
