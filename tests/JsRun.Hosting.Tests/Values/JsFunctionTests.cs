using System.Runtime.CompilerServices;

namespace JsRun.Hosting.Tests.Values;

public sealed class JsFunctionTests(OwnRuntime own) : IClassFixture<OwnRuntime>
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public void Evaluate_SameFunctionTwice_IsTwoObjects()
    {
        using var first = own.Runtime.Evaluate<JsFunction>("globalThis.twice ??= () => 1")!;
        using var second = own.Runtime.Evaluate<JsFunction>("twice")!;

        first.Equals(second).ShouldBeFalse();
        first.Dispose();
        second.Invoke().ShouldBe(1L);
    }

    [Fact]
    public async Task Invoke_Null_IsOneArgument()
    {
        var show = Function("(...all) => JSON.stringify(all)");

        show.Invoke(null).ShouldBe("[null]");
        show.Invoke<string>(null).ShouldBe("[null]");
        (await show.InvokeAsync(null)).ShouldBe("[null]");
        (await show.InvokeAsync<string>(null)).ShouldBe("[null]");
        show.Invoke((object?)null).ShouldBe("[null]");
        show.Invoke().ShouldBe("[]");
        show.Invoke([null, null]).ShouldBe("[null,null]");
    }

    [Fact]
    [Trait("Upstream", "FN::test_basic_function_call_sync")]
    public void Invoke_Arrow_GivesItsValue() => Function("x => x * 2").Invoke(5).ShouldBe(10L);

    [Fact]
    [Trait("Upstream", "FN::test_function_with_multiple_args")]
    public void Invoke_ManyArguments_GetThere() => Function("(a, b, c) => a + b + c").Invoke(1, 2, 3).ShouldBe(6L);

    [Fact]
    [Trait("Upstream", "FN::test_function_returns_object")]
    public void Invoke_Object_ComesBack() =>
        Function("name => ({ greeting: `Hello, ${name}` })").Invoke("World").ShouldBeOfType<Dictionary<string, object?>>()["greeting"].ShouldBe("Hello, World");

    [Fact]
    [Trait("Upstream", "FN::test_async_function_with_immediate_result")]
    public void Invoke_PromiseThatSettlesAtOnce_GivesItsValue() => Function("async x => x * 3").Invoke(7).ShouldBe(21L);

    [Fact]
    public void Invoke_PromiseThatIsRejectedAtOnce_Throws() =>
        Should.Throw<JavaScriptException>(() => Function("async () => { await null; throw new RangeError('no') }").Invoke()).Name.ShouldBe("RangeError");

    [Fact]
    [Trait("Upstream", "FN::test_function_pending_promise_requires_await")]
    public async Task InvokeAsync_PendingPromise_EndsWithALaterEvaluation()
    {
        var function = Function("x => new Promise(resolve => { globalThis.finish = () => resolve(x * 3) })");
        Should.Throw<InvalidOperationException>(() => function.Invoke(1)).Message.ShouldContain("InvokeAsync");

        var pending = function.InvokeAsync(7);
        own.Runtime.Evaluate("finish()");

        (await pending).ShouldBe(21L);
    }

    [Fact]
    [Trait("Upstream", "FN::test_function_closure_sync_calls")]
    public void Invoke_Closure_KeepsItsState()
    {
        var counter = Function("(() => { let n = 0; return () => ++n })()");

        new[] { counter.Invoke(), counter.Invoke(), counter.Invoke() }.ShouldBe([1L, 2L, 3L]);
    }

    [Fact]
    [Trait("Upstream", "FN::test_function_close")]
    public async Task DisposeAsync_ThenInvoke_SaysThatItIsClosed()
    {
        var function = Function("x => x");
        function.Invoke(1).ShouldBe(1L);

        await function.DisposeAsync();
        await function.DisposeAsync();

        function.IsClosed.ShouldBeTrue();
        Should.Throw<ObjectDisposedException>(() => function.Invoke(1)).Message.ShouldContain("Function has been closed");
        await Should.ThrowAsync<ObjectDisposedException>(async () => await function.InvokeAsync(1));
    }

    [Fact]
    [Trait("Upstream", "FN::test_function_error_handling")]
    public void Invoke_Throws_TellsNameMessageAndStack()
    {
        var error = Should.Throw<JavaScriptException>(() => Function("x => { throw new Error('Test error: ' + x) }").Invoke(42));

        (error.Name, error.JsMessage).ShouldBe(("Error", "Test error: 42"));
        error.JsStack.ShouldContain("<eval>");
    }

    [Fact]
    [Trait("Upstream", "FN::test_function_round_trip_sync_usage")]
    public void Invoke_FunctionAsArgument_IsTheSameFunction()
    {
        var inner = Function("x => x * 3");

        Function("(fn, arg) => fn(arg)").Invoke(inner, 7).ShouldBe(21L);
        Function("(a, b) => a === b").Invoke(inner, inner).ShouldBe(true);
        Function("(a, b) => a.f === b[0]").Invoke(new Dictionary<string, object?> { ["f"] = inner }, new[] { inner }).ShouldBe(true);
    }

    [Fact]
    [Trait("Upstream", "FN::test_function_this_binding_sync")]
    public void Invoke_MethodOfAnObject_KeepsItsReceiver()
    {
        var holder = (Dictionary<string, object?>)own.Runtime.Evaluate("({ value: 42, get() { return this.value } })")!;

        ((JsFunction)holder["get"]!).Invoke().ShouldBe(42L);
    }

    [Fact]
    public void Bind_Receiver_IsThis()
    {
        var function = Function("(function (x) { return this.value + x })");

        function.Bind(new { Value = 40 }).Invoke(2).ShouldBe(42L);
        function.Bind("text").Invoke(1).ShouldBe(double.NaN);
        Should.Throw<JsConversionException>(() => Function("f => f").Invoke(function.Bind(1)));
    }

    [Fact]
    [Trait("Upstream", "FN::test_closed_function_transfer")]
    public void Invoke_ClosedFunctionAsArgument_Fails()
    {
        var closed = Function("x => x");
        closed.Dispose();

        Should.Throw<ObjectDisposedException>(() => Function("f => f").Invoke(closed)).Message.ShouldContain("Function has been closed");
    }

    [Fact]
    [Trait("Upstream", "FN::test_function_from_closed_runtime_transfer")]
    public async Task Invoke_RuntimeGone_SaysThatItWasShutDown()
    {
        var runtime = await own.NewAsync();
        var function = runtime.Evaluate<JsFunction>("x => x")!;
        runtime.Dispose();

        Should.Throw<ObjectDisposedException>(() => function.Invoke(1)).Message.ShouldContain("Runtime has been shut down");
        Should.Throw<JsConversionException>(() => Function("f => f").Invoke(function)).Message.ShouldContain("another runtime");
        await Should.ThrowAsync<ObjectDisposedException>(async () => await function.InvokeAsync(1));
    }

    [Fact]
    [Trait("Upstream", "2.17: functions of another runtime are refused")]
    public async Task Invoke_FunctionOfAnotherRuntime_IsRefused()
    {
        await using var other = await own.NewAsync();
        var foreign = other.Evaluate<JsFunction>("() => 1")!;

        Should.Throw<JsConversionException>(() => Function("f => f()").Invoke(foreign)).Message.ShouldContain("another runtime");
    }

    [Fact]
    [Trait("Upstream", "FN::test_call_async_for_sync_function")]
    public async Task InvokeAsync_SynchronousFunction_GivesItsValue() => (await Function("x => x * 2").InvokeAsync(5)).ShouldBe(10L);

    [Fact]
    [Trait("Upstream", "FN::test_call_async_for_async_function")]
    public async Task InvokeAsync_AsynchronousFunction_GivesItsValue() =>
        (await Function("async x => { await new Promise(done => setTimeout(done, 1)); return x * 2 }").InvokeAsync<int>(5)).ShouldBe(10);

    [Fact]
    public async Task InvokeAsync_Thenable_IsAdopted() => (await Function("() => ({ then(done) { done(5) } })").InvokeAsync()).ShouldBe(5L);

    [Theory]
    [Trait("Clock", "real")]
    [InlineData(true)]
    [InlineData(false)]
    [Trait("Upstream", "2.17: endless loop in a function call with its own timeout")]
    [Trait("Upstream", "2.17: the next evaluation works after each kind of timeout")]
    public async Task Invoke_Endless_EndsAtItsTimeoutAndTheRuntimeGoesOn(bool asynchronous)
    {
        await using var runtime = await own.NewAsync();
        var function = runtime.Evaluate<JsFunction>("(function spin() { for (;;); })")!;
        var options = new JsInvokeOptions { Timeout = TimeSpan.FromMilliseconds(100) };

        var error = asynchronous
            ? await Should.ThrowAsync<JsTimeoutException>(async () => await function.InvokeAsync([], options))
            : Should.Throw<JsTimeoutException>(() => function.Invoke([], options));

        error.Message.ShouldContain("The call of 'spin' timed out after 100 ms.");
        runtime.Evaluate("1 + 1").ShouldBe(2L);
    }

    [Fact]
    public async Task Invoke_OptionsAndAType_UsesBoth()
    {
        using var function = Function("(a, b) => a + b");
        var cancelled = new CancellationToken(canceled: true);

        function.Invoke<int>([2, 3], new JsInvokeOptions()).ShouldBe(5);
        (await function.InvokeAsync<int>([2, 3], new JsInvokeOptions())).ShouldBe(5);
        Should.Throw<OperationCanceledException>(() => function.Invoke<int>([2, 3], cancellationToken: cancelled));
        await Should.ThrowAsync<OperationCanceledException>(async () => await function.InvokeAsync<int>([2, 3], cancellationToken: cancelled));
    }

    [Fact]
    [Trait("Clock", "real")]
    public async Task InvokeAsync_PendingPastItsTimeout_SaysSo()
    {
        var error = await Should.ThrowAsync<JsTimeoutException>(async () => await Function("() => new Promise(() => {})").InvokeAsync([], new JsInvokeOptions { Timeout = TimeSpan.FromMilliseconds(50) }));

        error.PromisePending.ShouldBeTrue();
        error.Message.ShouldContain("The call of '(anonymous)' timed out after 50 ms (promise still pending).");
    }

    [Fact]
    [Trait("Clock", "real")]
    public async Task InvokeAsync_Cancelled_Interrupts()
    {
        await using var runtime = await own.NewAsync();
        var function = runtime.Evaluate<JsFunction>("() => { for (;;); }")!;
        using var cancellation = new CancellationTokenSource(TimeSpan.FromMilliseconds(50));

        await Should.ThrowAsync<OperationCanceledException>(async () => await function.InvokeAsync([], cancellationToken: cancellation.Token));

        runtime.Evaluate("1 + 1").ShouldBe(2L);
    }

    [Theory]
    [InlineData(-5000, "cannot be negative")]
    [InlineData(0, "cannot be zero")]
    [InlineData(1e12, "too large")]
    [Trait("Upstream", "RT::test_js_function_call_timeout_validation")]
    public void Invoke_InvalidTimeout_IsRefused(double milliseconds, string message) =>
        Should.Throw<ArgumentOutOfRangeException>(() => Function("() => 1").Invoke([], new JsInvokeOptions { Timeout = TimeSpan.FromMilliseconds(milliseconds) })).Message.ShouldContain(message);

    [Fact]
    [Trait("Upstream", "FN::test_function_finalizer_releases_handles")]
    public async Task Finalizer_FunctionDropped_IsReleased()
    {
        await using var runtime = await own.NewAsync();
        var dropped = Drop(runtime);
        runtime.GetStats().ActiveFunctions.ShouldBe(1);

        await Eventually.HoldsAsync(() =>
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
            return !dropped.IsAlive && runtime.GetStats().ActiveFunctions == 0;
        });
        runtime.Evaluate("1 + 1").ShouldBe(2L);
    }

    [Fact]
    [Trait("Upstream", "FN::test_runtime_close_releases_outstanding_functions")]
    public async Task Dispose_Runtime_LetsGoOfItsFunctions()
    {
        var runtime = await own.NewAsync();
        var kept = runtime.Evaluate<JsFunction>("() => 1")!;
        var dropped = Drop(runtime);
        runtime.GetStats().ActiveFunctions.ShouldBe(2);

        runtime.Dispose();

        Should.Throw<ObjectDisposedException>(() => kept.Invoke());
        kept.Dispose();
        await Eventually.HoldsAsync(() =>
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
            return !dropped.IsAlive;
        });
    }

    [Fact]
    public void Invoke_ConversionFails_HoldsNoFunctions()
    {
        var before = own.Runtime.GetStats().ActiveFunctions;

        Should.Throw<JsConversionException>(() => own.Runtime.Evaluate("[() => 1, Symbol('x')]"));

        own.Runtime.GetStats().ActiveFunctions.ShouldBe(before);
    }

    [Fact]
    public async Task Invoke_AfterTermination_TellsTheReason()
    {
        await using var runtime = await own.NewAsync();
        var function = runtime.Evaluate<JsFunction>("() => 1")!;
        runtime.Terminate();

        Should.Throw<JsTerminatedException>(() => function.Invoke()).Message.ShouldEndWith("Terminated by host request");
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static WeakReference Drop(IJsRuntime runtime) => new(runtime.Evaluate<JsFunction>("() => 1"));

    private JsFunction Function(string code) => own.Runtime.Evaluate<JsFunction>(code)!;
}
