using JsRun.Hosting.Tests.Values;
using JsRun.Runtimes;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace JsRun.Hosting.Tests.Runtimes;

/// <summary>Clocks and cancellation of runtimes.</summary>
public sealed class RuntimeTimeoutTests(OwnRuntime own) : IClassFixture<OwnRuntime>
{
    private const string Endless = "for (;;);";
    private static readonly TimeSpan Short = TimeSpan.FromMilliseconds(100);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    [Trait("Clock", "real")]
    [Trait("Upstream", "2.17: the next evaluation works after each kind of timeout")]
    [Trait("Upstream", "RT::test_eval_sync_timeout")]
    public async Task Evaluate_Endless_EndsAtTheTimeoutAndTheRuntimeGoesOn()
    {
        await using var runtime = await own.NewAsync(new JsRuntimeOptions { Timeout = Short });
        runtime.Evaluate("let kept = 5");

        var error = Should.Throw<JsTimeoutException>(() => runtime.Evaluate(Endless));

        error.Message.ShouldContain("The evaluation of '<eval>' timed out after 100 ms.");
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
    [Trait("Clock", "real")]
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
    public async Task Evaluate_DifferentTimeoutsOnThreeThreads_DoNotMix()
    {
        async Task<object?> RunAsync(TimeSpan timeout, string code)
        {
            await using var runtime = await own.NewAsync(new JsRuntimeOptions { Timeout = timeout });
            return await Task.Run(() => runtime.Evaluate(code), Token);
        }

        var quick = RunAsync(TimeSpan.FromSeconds(30), "40 + 2");
        var busy = RunAsync(TimeSpan.FromSeconds(30), "var n = 0; for (let i = 0; i < 1e7; i++) n++; n");
        var endless = Should.ThrowAsync<JsTimeoutException>(() => RunAsync(TimeSpan.FromMilliseconds(50), "while (true) {}"));

        (await quick.InTime()).ShouldBeExactly(42L);
        (await busy.InTime()).ShouldBeExactly(10_000_000L);
        (await endless.InTime()).Message.ShouldContain("timed out");
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
    public async Task Evaluate_WithATimeLimit_WaitsForNoClock()
    {
        // This clock stands still.
        await using var host = await TestHost.StartAsync(services: services => services.AddSingleton<TimeProvider>(new FakeTimeProvider()));
        await using var runtime = await host.Runtimes.CreateAsync(new JsRuntimeOptions { Timeout = TimeSpan.FromSeconds(1) }, Token);

        for (var i = 0; i < 20; i++)
        {
            runtime.Evaluate<int>($"{i}").ShouldBe(i);
            (await runtime.EvaluateAsync<int>($"Promise.resolve({i})", Token).InTime()).ShouldBe(i);
        }
    }

    [Fact]
    [Trait("Upstream", "RT::test_eval_async_no_timeout")]
    public async Task EvaluateAsync_NoTimeout_GivesTheValue() =>
        (await own.Runtime.EvaluateAsync("Promise.resolve(123)", new JsEvaluateOptions { Timeout = Timeout.InfiniteTimeSpan }, Token)).ShouldBe(123L);

    [Fact]
    [Trait("Clock", "real")]
    [Trait("Upstream", "2.17: the next evaluation works after each kind of timeout")]
    [Trait("Upstream", "RT::test_eval_async_timeout_expiry")]
    public async Task EvaluateAsync_PendingPastTheTimeout_SaysSo()
    {
        var error = await Should.ThrowAsync<JsTimeoutException>(async () => await own.Runtime.EvaluateAsync("new Promise(() => {})", new JsEvaluateOptions { Timeout = Short }, Token));

        error.Message.ShouldContain("The evaluation of '<eval>' timed out after 100 ms (promise still pending).");
        error.PromisePending.ShouldBeTrue();
        own.Runtime.Evaluate("1 + 1").ShouldBe(2L);
    }

    [Fact]
    [Trait("Clock", "real")]
    [Trait("Upstream", "RT::test_runtime_config_execution_timeout_applies_to_eval_async")]
    public async Task EvaluateAsync_RuntimesTimeout_IsTheDefault()
    {
        await using var runtime = await own.NewAsync(new JsRuntimeOptions { Timeout = Short });

        (await Should.ThrowAsync<JsTimeoutException>(async () => await runtime.EvaluateAsync("new Promise(() => {})", Token))).Message.ShouldContain("pending");
    }

    [Fact]
    [Trait("Clock", "real")]
    [Trait("Upstream", "2.17: the next evaluation works after each kind of timeout")]
    [Trait("Upstream", "RT::test_eval_async_timeout_interrupts_sync_loop")]
    public async Task EvaluateAsync_Endless_EndsAtTheTimeout()
    {
        await using var runtime = await own.NewAsync();

        (await Should.ThrowAsync<JsTimeoutException>(async () => await runtime.EvaluateAsync(Endless, new JsEvaluateOptions { Timeout = Short }, Token)))
            .Message.ShouldContain("The evaluation of '<eval>' timed out after 100 ms.");

        (await runtime.EvaluateAsync("1 + 1", Token)).ShouldBe(2L);
    }

    [Fact]
    [Trait("Clock", "real")]
    [Trait("Upstream", "2.17: the next evaluation works after each kind of timeout")]
    [Trait("Upstream", "RT::test_eval_module_async_timeout_interrupts_sync_loop")]
    public async Task ImportAsync_Endless_EndsAtTheTimeout()
    {
        await using var runtime = await own.NewAsync();
        runtime.Modules.Add("loop", "for (;;);");

        (await Should.ThrowAsync<JsTimeoutException>(async () => await runtime.ImportAsync("static:loop", new JsImportOptions { Timeout = Short }, Token))).Message.ShouldStartWith("The import of 'static:loop' timed out after");

        runtime.Evaluate("1 + 1").ShouldBe(2L);
    }

    [Theory]
    [InlineData(-1000, "cannot be negative")]
    [InlineData(-5000, "cannot be negative")]
    [InlineData(0, "cannot be zero")]
    [InlineData(1e12, "is too large")]
    [Trait("Upstream", "RT::test_eval_async_timeout_validation")]
    [Trait("Upstream", "RT::test_eval_module_async_timeout_validation")]
    [Trait("Upstream", "RT::test_js_function_call_timeout_validation")]
    [Trait("Upstream", "RT::test_runtime_config_timeout_validation_constructor")]
    [Trait("Upstream", "RT::test_runtime_config_timeout_validation_setter")]
    [Trait("Upstream", "2.15: a negative timeout is refused")]
    public async Task Timeout_Invalid_IsRefusedAtOnceWhereverItIsGiven(double milliseconds, string message)
    {
        var timeout = TimeSpan.FromMilliseconds(milliseconds);
        var (evaluate, import, invoke) = (new JsEvaluateOptions { Timeout = timeout }, new JsImportOptions { Timeout = timeout }, new JsInvokeOptions { Timeout = timeout });
        using var function = own.Runtime.Evaluate<JsFunction>("() => 1")!;
        Action[] uses =
        [
            () => own.Runtime.Evaluate("1", evaluate), () => own.Runtime.EvaluateAsync("1", evaluate, Token).AsTask(),
            () => own.Runtime.Import("m", import), () => own.Runtime.ImportAsync("m", import, Token).AsTask(),
            () => function.Invoke([], invoke), () => function.InvokeAsync([], invoke).AsTask(),
        ];

        uses.Select(use => Should.Throw<ArgumentOutOfRangeException>(use).Message).ShouldAllBe(text => text.Contains($"Timeout {message}"));
        var set = new JsRuntimeOptions { MaxConversionDepth = 7 };
        set.Timeout = timeout;
        (await Should.ThrowAsync<ArgumentOutOfRangeException>(async () => await own.NewAsync(new JsRuntimeOptions { Timeout = timeout }))).Message.ShouldContain($"Timeout {message}");
        (await Should.ThrowAsync<ArgumentOutOfRangeException>(async () => await own.NewAsync(set))).Message.ShouldContain($"Timeout {message}");
    }

    // The longest time that a timer of .NET can count.
    [Theory]
    [InlineData(4294967294, true)]
    [InlineData(4294967295, false)]
    public void Timeout_LongestThatATimerCounts_IsAllowedAndNotBeyond(long milliseconds, bool allowed)
    {
        var error = Record.Exception(() => RuntimeTimeout.Check(TimeSpan.FromMilliseconds(milliseconds), "timeout"));

        (error is null).ShouldBe(allowed);
        (error?.Message ?? "Timeout is too large").ShouldContain("Timeout is too large");
    }


    [Fact]
    [Trait("Upstream", "2.17: a queued job's timeout does not hit the active one")]
    public async Task EvaluateAsync_QueuedJobsTimeout_DoesNotHitTheRunningOne()
    {
        var time = new FakeTimeProvider();
        await using var host = await TestHost.StartAsync(services: services => services.AddSingleton<TimeProvider>(time));
        using var gate = new Gate();
        await using var runtime = await host.Runtimes.CreateAsync(new JsRuntimeOptions { Console = { OnMessage = _ => gate.Pass() } }, Token);
        var running = runtime.EvaluateAsync("console.log('x'); 'done'", Token).AsTask();
        await gate.Reached.InTime();
        var queued = runtime.EvaluateAsync("'queued'", new JsEvaluateOptions { Timeout = TimeSpan.FromSeconds(1) }, Token).AsTask();

        time.Advance(TimeSpan.FromSeconds(5));
        gate.Open();

        (await queued.InTime()).ShouldBe("queued", "its clock starts when it begins to run");
        (await running).ShouldBe("done");
    }

    [Fact]
    [Trait("Clock", "real")]
    public async Task EvaluateAsync_OnesTimeout_LeavesTheOthersWhole()
    {
        await using var runtime = await own.NewAsync();
        var waiting = runtime.EvaluateAsync("new Promise(r => setTimeout(() => r('whole'), 300))", Token).AsTask();

        await Should.ThrowAsync<JsTimeoutException>(async () => await runtime.EvaluateAsync(Endless, new JsEvaluateOptions { Timeout = Short }, Token));

        (await waiting.InTime()).ShouldBe("whole");
    }

    [Theory]
    [Trait("Clock", "real")]
    [Trait("Upstream", "2.17: cancelling interrupts and frees the runtime")]
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
        await using var runtime = await own.NewAsync(new JsRuntimeOptions { Console = { OnMessage = _ => gate.Pass() } });
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
}
