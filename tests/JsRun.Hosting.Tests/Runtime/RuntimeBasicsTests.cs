using System.Numerics;

namespace JsRun.Hosting.Tests.Runtime;

public sealed class RuntimeBasicsTests(OwnRuntime own) : IClassFixture<OwnRuntime>, IAsyncLifetime
{
    private IJsRuntime _runtime = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _runtime = await own.NewAsync();

    public ValueTask DisposeAsync() => _runtime.DisposeAsync();

    [Fact]
    [Trait("Upstream", "RT::test_runtime_spawn")]
    [Trait("Upstream", "RT::test_runtime_without_config")]
    public void CreateAsync_Default_IsRunning() => (_runtime.State, _runtime.IsClosed).ShouldBe((JsRuntimeState.Running, false));

    [Theory]
    [InlineData("typeof Deno", "undefined")]
    [InlineData("2 + 2", 4L)]
    [InlineData("'hello world'", "hello world")]
    [InlineData("Math.max(10, 20, 30)", 30L)]
    [InlineData("true", true)]
    [InlineData("false", false)]
    [InlineData("null", null)]
    [InlineData("3.14", 3.14)]
    [InlineData("-5", -5L)]
    [InlineData("NaN", double.NaN)]
    [InlineData("Infinity", double.PositiveInfinity)]
    [InlineData("-Infinity", double.NegativeInfinity)]
    [Trait("Upstream", "RT::test_sanitized_globals")]
    [Trait("Upstream", "RT::test_runtime_eval_simple")]
    [Trait("Upstream", "RT::test_runtime_eval_string")]
    [Trait("Upstream", "RT::test_runtime_eval_expression")]
    [Trait("Upstream", "RT::test_eval_null")]
    [Trait("Upstream", "RT::test_eval_boolean")]
    [Trait("Upstream", "RT::test_eval_nan_infinity_survives")]
    [Trait("Upstream", "RT::test_eval_returns_native")]
    public void Evaluate_Scalar_GivesIt(string code, object? expected) => _runtime.Evaluate(code).ShouldBe(expected);

    [Theory]
    [InlineData("undefined")]
    [InlineData("")]
    [Trait("Upstream", "RT::test_eval_undefined")]
    [Trait("Upstream", "RT::test_eval_empty_string")]
    [Trait("Upstream", "RT::test_js_undefined_singleton")]
    public void Evaluate_Undefined_IsTheOneInstance(string code)
    {
        var value = _runtime.Evaluate(code);

        value.ShouldBeSameAs(JsUndefined.Value);
        JsUndefined.IsUndefined(value).ShouldBeTrue();
        $"{value}".ShouldBe("undefined");
    }

    [Fact]
    [Trait("Upstream", "RT::test_eval_array")]
    [Trait("Upstream", "RT::test_eval_object")]
    public void Evaluate_ArraysAndObjects_AreListsAndDictionaries()
    {
        _runtime.Evaluate("[1, 2, 3]").ShouldBeOfType<List<object?>>().ShouldBe([1L, 2L, 3L]);
        _runtime.Evaluate("({ a: 1, b: 2 })").ShouldBeOfType<Dictionary<string, object?>>().ShouldBe(new Dictionary<string, object?> { ["a"] = 1L, ["b"] = 2L }, ignoreOrder: true);
        ((Dictionary<string, object?>)_runtime.Evaluate<Dictionary<string, object?>>("({ nested: { value: 42 } })")!["nested"]!)["value"].ShouldBe(42L);
    }

    [Fact]
    [Trait("Upstream", "RT::test_eval_bigint_handles_large_values")]
    [Trait("Upstream", "RT::test_js_bigint_to_python_int")]
    public void Evaluate_BigInt_IsExact()
    {
        _runtime.Evaluate("9223372036854775808n").ShouldBe(BigInteger.Pow(2, 63));
        _runtime.Evaluate("2n ** 200n").ShouldBe(BigInteger.Pow(2, 200));
    }

    [Fact]
    [Trait("Upstream", "RT::test_eval_function_raises_error")]
    public void Evaluate_FunctionStatementWithoutName_IsASyntaxError()
    {
        var error = Should.Throw<JavaScriptException>(() => _runtime.Evaluate("function () { return 1 }"));

        error.Name.ShouldBe("SyntaxError");
        error.JsMessage.ShouldContain("unction");
    }

    [Fact]
    [Trait("Upstream", "RT::test_eval_circular_reference_raises_error")]
    public void Evaluate_Circular_IsAConversionError() =>
        Should.Throw<JsConversionException>(() => _runtime.Evaluate("var o = {}; o.self = o; o")).Message.ShouldContain("circular", Case.Insensitive);

    [Fact]
    public void Evaluate_SharedReference_IsGivenTwice()
    {
        var list = (List<object?>)_runtime.Evaluate("var shared = { a: 1 }; [shared, shared]")!;

        list[0].ShouldNotBeSameAs(list[1]);
        list[1].ShouldBeOfType<Dictionary<string, object?>>()["a"].ShouldBe(1L);
    }

    [Fact]
    [Trait("Upstream", "RT::test_runtime_eval_javascript_error_metadata")]
    public void Evaluate_Throws_TellsAllOfIt()
    {
        var error = Should.Throw<JavaScriptException>(() => _runtime.Evaluate("(() => { const e = new TypeError('boom'); e.extra = { code: 7 }; throw e })()"));

        (error.Name, error.JsMessage).ShouldBe(("TypeError", "boom"));
        error.JsStack.ShouldContain("<eval>");
        error.Message.ShouldContain("TypeError");
        ((Dictionary<string, object?>)error.Properties["extra"]!)["code"].ShouldBe(7L);
        error.ThrownValue.ShouldBeOfType<JsErrorValue>().Message.ShouldBe("boom");
    }

    [Fact]
    [Trait("Upstream", "RT::test_runtime_eval_javascript_error_frames")]
    public void Evaluate_Throws_TellsItsFrames()
    {
        var frame = Should.Throw<JavaScriptException>(() => _runtime.Evaluate("function causeError() { throw new TypeError('boom') }\ncauseError()")).Frames[0];

        frame.ShouldBe(new JsStackFrame("causeError", "<eval>", 1, 31));
    }

    [Fact]
    public void Evaluate_ThrowsWithCauseAndErrors_TellsTheChain()
    {
        var error = Should.Throw<JavaScriptException>(() => _runtime.Evaluate("throw new AggregateError([new RangeError('a'), 'b'], 'many', { cause: new Error('why', { cause: 5 }) })"));

        error.Errors.Select(e => (e.Name, e.JsMessage)).ShouldBe([("RangeError", "a"), ("Error", "b")]);
        error.Errors[1].ThrownValue.ShouldBe("b");
        error.Cause!.JsMessage.ShouldBe("why");
        error.Cause.Cause!.ThrownValue.ShouldBe(5L);
        error.InnerException.ShouldBeSameAs(error.Cause);
    }

    [Theory]
    [InlineData("throw { hostException: 1, get message() { throw 1 } }")]
    [InlineData("const e = new Error('x'); e.self = e; e.f = () => 1; e.b = new Uint8Array(10); e.s = Symbol('x'); Object.defineProperty(e, 'bad', { enumerable: true, get() { throw 1 } }); throw e")]
    [InlineData("const d = new Error('x'.repeat(1e6)); d.cause = d; for (let i = 0; i < 1e5; i++) d['k' + i] = 'v'.repeat(100); throw d")]
    [InlineData("throw new Proxy(new Error('x'), { get() { throw 1 }, ownKeys() { throw 1 }, getPrototypeOf() { throw 1 } })")]
    [InlineData("throw Symbol('s')")]
    [InlineData("throw undefined")]
    [InlineData("throw () => 1")]
    [InlineData("throw new Uint8Array(5)")]
    [InlineData("let deep = {}; for (let i = 0; i < 1000; i++) deep = { deep }; throw deep")]
    public void Evaluate_ThrowsAnything_TellsWhatItCan(string code)
    {
        Should.Throw<JavaScriptException>(() => _runtime.Evaluate(code)).Message.Length.ShouldBeLessThan(100_000);

        _runtime.Evaluate("1 + 1").ShouldBe(2L);
        _runtime.GetStats().ActiveFunctions.ShouldBeLessThan(2);
    }

    [Fact]
    [Trait("Upstream", "RT::test_variable_persistence")]
    public void Evaluate_Variable_LivesOn()
    {
        _runtime.Evaluate("var x = 10");
        _runtime.Evaluate("x").ShouldBe(10L);
        _runtime.Evaluate("x = 20");
        _runtime.Evaluate("x").ShouldBe(20L);
    }

    [Fact]
    [Trait("Upstream", "RT::test_function_persistence")]
    public void Evaluate_Function_LivesOn()
    {
        _runtime.Evaluate("function add(a, b) { return a + b }");

        _runtime.Evaluate("add(5, 7)").ShouldBe(12L);
    }

    [Fact]
    [Trait("Upstream", "RT::test_object_persistence")]
    public void Evaluate_Object_LivesOn()
    {
        _runtime.Evaluate("var obj = { name: 'test', value: 42 }");
        _runtime.Evaluate("obj.name").ShouldBe("test");
        _runtime.Evaluate("obj.value").ShouldBe(42L);

        _runtime.Evaluate("obj.value = 100");

        _runtime.Evaluate("obj.value").ShouldBe(100L);
    }

    [Fact]
    [Trait("Upstream", "RT::test_multiple_sequential_evals")]
    public void Evaluate_Counter_CountsOn()
    {
        _runtime.Evaluate("let counter = 0");

        Enumerable.Range(1, 5).Select(_ => _runtime.Evaluate("++counter")).ShouldBe([1L, 2L, 3L, 4L, 5L]);
    }

    [Fact]
    [Trait("Upstream", "RT::test_multiple_runtimes_independent")]
    [Trait("Upstream", "RT::test_multiple_runtimes_async")]
    public async Task Evaluate_TwoRuntimes_KnowNothingOfEachOther()
    {
        await using var other = await own.NewAsync();
        _runtime.Evaluate("var x = 1");
        other.Evaluate("var x = 2");

        (await _runtime.EvaluateAsync("Promise.resolve(x)", Token)).ShouldBe(1L);
        (await other.EvaluateAsync("Promise.resolve(x)", Token)).ShouldBe(2L);
    }

    [Fact]
    [Trait("Upstream", "RT::test_sequential_runtime_creation")]
    public async Task CreateAsync_OneAfterTheOther_Work()
    {
        for (var i = 0; i < 3; i++)
        {
            using var runtime = await own.NewAsync();
            runtime.Evaluate($"{i} * 2").ShouldBe(i * 2L);
        }
    }

    [Fact]
    [Trait("Upstream", "RT::test_runtime_close")]
    [Trait("Upstream", "RT::test_runtime_close_idempotent")]
    [Trait("Upstream", "RT::test_runtime_eval_after_close")]
    [Trait("Upstream", "RT::test_eval_async_after_close")]
    public async Task Dispose_Twice_IsClosedAndSaysSo()
    {
        var runtime = await own.NewAsync();
        runtime.IsClosed.ShouldBeFalse();

        runtime.Dispose();
        runtime.Dispose();
        await runtime.DisposeAsync();

        (runtime.State, runtime.IsClosed).ShouldBe((JsRuntimeState.Disposed, true));
        Should.Throw<ObjectDisposedException>(() => runtime.Evaluate("1")).Message.ShouldContain("closed");
        (await Should.ThrowAsync<ObjectDisposedException>(async () => await runtime.EvaluateAsync("1", Token))).Message.ShouldContain("closed");
        Should.Throw<ObjectDisposedException>(() => { runtime.EvaluateAsync("1", Token).AsTask(); });
        runtime.Terminate();
    }

    [Fact]
    [Trait("Upstream", "RT::test_context_manager_basic")]
    [Trait("Upstream", "RT::test_context_manager_auto_close")]
    [Trait("Upstream", "RT::test_context_manager_with_exception")]
    public async Task Using_Exception_PassesAndTheRuntimeIsClosed()
    {
        var runtime = await own.NewAsync();

        Should.Throw<FormatException>(() =>
        {
            using (runtime)
            {
                runtime.Evaluate("5 * 5").ShouldBe(25L);
                throw new FormatException();
            }
        });

        runtime.IsClosed.ShouldBeTrue();
    }

    [Theory]
    [InlineData("10 + 20", 30L)]
    [InlineData("Promise.resolve(42)", 42L)]
    [InlineData("Promise.resolve('async result')", "async result")]
    [InlineData("new Promise(r => queueMicrotask(() => r('deferred result')))", "deferred result")]
    [InlineData("Promise.resolve(10).then(x => x * 2).then(x => x + 5)", 25L)]
    [InlineData("({ then(done) { done(6) } })", 6L)]
    [Trait("Upstream", "RT::test_eval_async_without_promise")]
    [Trait("Upstream", "RT::test_eval_async_with_promise_resolved")]
    [Trait("Upstream", "RT::test_eval_async_with_promise_string")]
    [Trait("Upstream", "RT::test_eval_async_with_deferred_resolution")]
    [Trait("Upstream", "RT::test_eval_async_promise_chain")]
    public async Task EvaluateAsync_Promise_IsAwaited(string code, object expected) => (await _runtime.EvaluateAsync(code, Token)).ShouldBe(expected);

    [Fact]
    [Trait("Upstream", "RT::test_eval_async_returns_native")]
    public async Task EvaluateAsync_Composite_IsConverted()
    {
        (await _runtime.EvaluateAsync("Promise.resolve([1, 2, 3])", Token)).ShouldBe(new List<object?> { 1L, 2L, 3L });
        (await _runtime.EvaluateAsync<Dictionary<string, string>>("Promise.resolve({ key: 'value' })", Token))!["key"].ShouldBe("value");
    }

    [Fact]
    [Trait("Upstream", "RT::test_eval_async_returns_js_function")]
    public async Task EvaluateAsync_Function_CanBeCalled() =>
        (await _runtime.EvaluateAsync<JsFunction>("Promise.resolve(v => v + 5)", Token))!.Invoke(37).ShouldBe(42L);

    [Theory]
    [InlineData("Promise.reject(new Error('test error'))", "Error", "test error")]
    [InlineData("new Promise((_, reject) => reject(new Error('from executor')))", "Error", "from executor")]
    [InlineData("(async () => { await null; throw new RangeError('late') })()", "RangeError", "late")]
    [Trait("Upstream", "RT::test_eval_async_promise_rejection")]
    [Trait("Upstream", "RT::test_eval_async_runtime_error")]
    public async Task EvaluateAsync_Rejected_Throws(string code, string name, string message)
    {
        var error = await Should.ThrowAsync<JavaScriptException>(async () => await _runtime.EvaluateAsync(code, Token));

        (error.Name, error.JsMessage).ShouldBe((name, message));
        error.JsStack.ShouldContain(message);
    }

    [Fact]
    [Trait("Upstream", "RT::test_eval_async_promise_rejection_value")]
    public async Task EvaluateAsync_RejectedWithText_TellsTheText()
    {
        var error = await Should.ThrowAsync<JavaScriptException>(async () => await _runtime.EvaluateAsync("Promise.reject('custom error')", Token));

        error.Message.ShouldContain("custom error");
        (error.Name, error.ThrownValue).ShouldBe(("Error", "custom error"));
    }

    [Fact]
    [Trait("Upstream", "RT::test_eval_async_syntax_error")]
    public async Task EvaluateAsync_SyntaxError_Throws() =>
        (await Should.ThrowAsync<JavaScriptException>(async () => await _runtime.EvaluateAsync("let x = ;", Token))).Name.ShouldBe("SyntaxError");

    [Fact]
    [Trait("Upstream", "RT::test_multiple_async_evals_sequential")]
    [Trait("Upstream", "RT::test_mixed_sync_async_eval")]
    [Trait("Upstream", "RT::test_async_state_persistence")]
    public async Task EvaluateAsync_MixedWithSynchronous_ShareTheState()
    {
        _runtime.Evaluate("var counter = 0; 20").ShouldBe(20L);
        (await _runtime.EvaluateAsync("Promise.resolve(++counter)", Token)).ShouldBe(1L);
        _runtime.Evaluate("++counter").ShouldBe(2L);
        (await _runtime.EvaluateAsync("30", Token)).ShouldBe(30L);
        (await _runtime.EvaluateAsync("Promise.resolve(3)", Token)).ShouldBe(3L);
    }

    [Fact]
    public async Task EvaluateAsync_ManyAtOnce_Interleave()
    {
        var first = _runtime.EvaluateAsync("(async () => { globalThis.log = ['a1']; await new Promise(r => { globalThis.release = r }); log.push('a2'); return log.join() })()", Token).AsTask();
        var second = await _runtime.EvaluateAsync("(async () => { log.push('b1'); await null; log.push('b2'); release(); return log.join() })()", Token);

        second.ShouldBe("a1,b1,b2");
        (await first).ShouldBe("a1,b1,b2,a2");
    }

    [Fact]
    public async Task EvaluateAsync_ConversionFails_TheTaskFails() =>
        (await Should.ThrowAsync<JsConversionException>(async () => await _runtime.EvaluateAsync("Promise.resolve(new Set([new Date(NaN)]))", Token))).Message.ShouldContain("Date value out of range");

    [Fact]
    public async Task EvaluateAsync_UnrelatedRejection_FailsNobody()
    {
        var value = await _runtime.EvaluateAsync("Promise.reject(new Error('floating')); new Promise(r => setTimeout(() => r(5), 5))", Token);

        value.ShouldBe(5L);
    }

    [Theory]
    [InlineData("Promise.resolve(1)")]
    [InlineData("(async () => 1)()")]
    [InlineData("new (class P extends Promise {})(() => {})")]
    public void Evaluate_Promise_SaysToAwait(string code) =>
        Should.Throw<InvalidOperationException>(() => _runtime.Evaluate(code)).Message.ShouldContain("EvaluateAsync");

    [Fact]
    public async Task Evaluate_FromManyThreads_RunsOneAfterTheOther()
    {
        _runtime.Evaluate("var n = 0");

        await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => Task.Run(() => _runtime.Evaluate("n++"))));

        _runtime.Evaluate("n").ShouldBe(20L);
    }

    [Fact]
    public void Evaluate_FileName_IsInTheStack() =>
        Should.Throw<JavaScriptException>(() => _runtime.Evaluate("\nnull.x", new JsEvaluateOptions { FileName = "mine.js" })).Frames[0].ShouldBe(new JsStackFrame("eval", "mine.js", 2, 6));

    [Fact]
    public void Evaluate_GetterThatThrows_NamesTheProperty()
    {
        var error = Should.Throw<JsConversionException>(() => _runtime.Evaluate("({ ok: 1, get k() { throw new Error('mine') } })"));

        error.Message.ShouldContain("Failed to get property 'k'");
        error.InnerException.ShouldBeOfType<JavaScriptException>().JsMessage.ShouldBe("mine");
    }
}
