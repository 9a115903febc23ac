using JsRun.Hosting.Tests.Values;

namespace JsRun.Hosting.Tests.Runtimes;

/// <summary>Asynchronous evaluation: promises, rejections, interleaving.</summary>
public sealed class EvaluateAsyncTests(OwnRuntime own) : IClassFixture<OwnRuntime>, IAsyncLifetime
{
    private IJsRuntime _runtime = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _runtime = await own.NewAsync();

    public ValueTask DisposeAsync() => _runtime.DisposeAsync();

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
    public async Task EvaluateAsync_Promise_IsAwaited(string code, object expected) => (await _runtime.EvaluateAsync(code, Token)).ShouldBeExactly(expected);

    public static TheoryData<string, object> Promises => new()
    {
        { "Promise.resolve(42)", 42L },
        { "Promise.resolve('async result')", "async result" },
        { "Promise.resolve([1, 2, 3])", new List<object?> { 1L, 2L, 3L } },
        { "Promise.resolve({ key: 'value' })", new Dictionary<string, object?> { ["key"] = "value" } },
    };

    [Theory]
    [MemberData(nameof(Promises))]
    [Trait("Upstream", "RT::test_eval_async_returns_native")]
    public async Task EvaluateAsync_Value_IsOfItsTypeInDotNet(string code, object expected) => (await _runtime.EvaluateAsync(code, Token)).ShouldBeExactly(expected);

    [Fact]
    [Trait("Upstream", "RT::test_eval_async_returns_js_function")]
    public async Task EvaluateAsync_Function_CanBeCalled() =>
        (await _runtime.EvaluateAsync<JsFunction>("Promise.resolve(v => v + 5)", Token))!.Invoke(37).ShouldBeExactly(42L);

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
    public async Task EvaluateAsync_SyntaxError_Throws()
    {
        var error = await Should.ThrowAsync<JavaScriptException>(async () => await _runtime.EvaluateAsync("let x = ;", Token));

        error.Name.ShouldBe("SyntaxError");
        error.JsStack.ShouldContain("SyntaxError");
    }

    [Fact]
    [Trait("Upstream", "RT::test_multiple_async_evals_sequential")]
    public async Task EvaluateAsync_ThreeInSequence_GiveTheirValues()
    {
        (await _runtime.EvaluateAsync("Promise.resolve(1)", Token)).ShouldBe(1L);
        (await _runtime.EvaluateAsync("Promise.resolve(2)", Token)).ShouldBe(2L);
        (await _runtime.EvaluateAsync("Promise.resolve(3)", Token)).ShouldBe(3L);
    }

    [Fact]
    [Trait("Upstream", "RT::test_mixed_sync_async_eval")]
    public async Task EvaluateAsync_BetweenSynchronousOnes_AllAreRight()
    {
        _runtime.Evaluate("10 + 10").ShouldBe(20L);
        (await _runtime.EvaluateAsync("Promise.resolve(15 + 15)", Token)).ShouldBe(30L);
        _runtime.Evaluate("5 * 5").ShouldBe(25L);
    }

    [Fact]
    [Trait("Upstream", "RT::test_async_state_persistence")]
    public async Task EvaluateAsync_MixedWithSynchronous_ShareTheState()
    {
        _runtime.Evaluate("var counter = 0");

        (await _runtime.EvaluateAsync("Promise.resolve(++counter)", Token)).ShouldBe(1L);
        _runtime.Evaluate("++counter").ShouldBe(2L);
        (await _runtime.EvaluateAsync("counter", Token)).ShouldBe(2L);
    }

    [Fact]
    [Trait("Upstream", "2.17: two concurrent evaluations on one runtime")]
    public async Task EvaluateAsync_ManyAtOnce_Interleave()
    {
        var first = _runtime.EvaluateAsync("(async () => { globalThis.log = ['a1']; await new Promise(r => { globalThis.release = r }); log.push('a2'); return log.join() })()", Token).AsTask();
        var second = await _runtime.EvaluateAsync("(async () => { log.push('b1'); await null; log.push('b2'); release(); return log.join() })()", Token);

        second.ShouldBe("a1,b1,b2");
        (await first).ShouldBe("a1,b1,b2,a2");
    }

    [Fact]
    [Trait("Upstream", "2.17: a conversion that fails ends the task")]
    public async Task EvaluateAsync_ConversionFails_TheTaskFails() =>
        (await Should.ThrowAsync<JsConversionException>(async () => await _runtime.EvaluateAsync("Promise.resolve(new Set([new Date(NaN)]))", Token))).Message.ShouldContain("Date value out of range");

    [Fact]
    [Trait("Upstream", "2.17: an unrelated rejection fails no other task")]
    public async Task EvaluateAsync_UnrelatedRejection_FailsNobody()
    {
        var waiting = _runtime.EvaluateAsync("new Promise(done => { globalThis.done = done })", Token).AsTask();

        _runtime.Evaluate("Promise.reject(new Error('floating')); undefined");
        (await _runtime.EvaluateAsync("Promise.reject(new Error('beside')); new Promise(r => setTimeout(() => r(5), 5))", Token)).ShouldBe(5L);
        _runtime.Evaluate("done('whole')");

        (await waiting.InTime()).ShouldBe("whole");
    }
}
