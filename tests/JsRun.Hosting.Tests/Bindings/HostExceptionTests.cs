using JsRun.Hosting.Tests.Values;
using JsRun.Runtimes;

namespace JsRun.Hosting.Tests.Bindings;

public sealed class HostExceptionTests(OwnRuntime own) : IClassFixture<OwnRuntime>
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Exception_Uncaught_ComesBackAsItself()
    {
        var thrown = new InvalidOperationException("secret");

        var error = await FailAsync("f()", () => throw thrown);

        error.InnerException.ShouldBeSameAs(thrown);
        error.Name.ShouldBe("HostError");
        error.Message.ShouldNotContain("secret");
    }

    [Fact]
    public async Task Exception_OfATask_ComesBackAsItself()
    {
        var thrown = new InvalidOperationException("secret");

        (await FailAsync("(async () => { await f(); })()", new Func<Task>(async () =>
        {
            await Task.Yield();
            throw thrown;
        }))).InnerException.ShouldBeSameAs(thrown);
        (await FailAsync("f()", new Func<Task>(() => throw thrown))).InnerException.ShouldBeSameAs(thrown);
    }

    [Fact]
    public async Task Exception_AsCause_ComesBackInsideTheCause()
    {
        var thrown = new JsHostException("It is gone.") { Code = "gone" };

        var error = await FailAsync("try { f(); } catch (cause) { throw new TypeError('outer', { cause }); }", () => throw thrown);

        error.Name.ShouldBe("TypeError");
        error.InnerException.ShouldBeOfType<JavaScriptException>().InnerException.ShouldBeSameAs(thrown);
    }

    [Fact]
    public async Task Exception_InAText_ComesBackAsItself()
    {
        var thrown = new InvalidOperationException();
        await using var runtime = await own.NewAsync();
        runtime.BindFunction("f", new Action(() => throw thrown));

        (await Should.ThrowAsync<JavaScriptException>(() => runtime.EvaluateTextAsync("f()", cancellationToken: Token).AsTask())).InnerException.ShouldBeSameAs(thrown);
    }

    [Fact]
    public async Task Exception_WithACode_IsWhatScriptsTellErrorsApartBy() =>
        (await RunAsync("try { f(); } catch (e) { [e instanceof Error, e.name, e.code, e.message, String(e), Object.keys(e).join()] }", () => throw new JsHostException("No such user.", new InvalidOperationException("secret")) { Code = "not-found" }))
            .ShouldBeExactly(new List<object?> { true, "HostError", "not-found", "No such user.", "HostError: No such user.", "code" });

    [Fact]
    public async Task Exception_OfAnotherType_ShowsItsTypeAndNotItsMessage() =>
        (await RunAsync("try { f(); } catch (e) { [e.name, e.code, e.message, /secret/.test(e.stack)] }", () => throw new InvalidOperationException("secret")))
            .ShouldBeExactly(new List<object?> { "HostError", "InvalidOperationException", "The host function 'f' failed.", false });

    [Fact]
    public async Task Exception_Exposed_ShowsItsMessage() =>
        (await RunAsync("try { f(); } catch (e) { [e.code, e.message] }", () => throw new InvalidOperationException("own"), new JsRuntimeOptions { ExposeHostErrors = true }))
            .ShouldBeExactly(new List<object?> { "InvalidOperationException", "own" });

    [Fact]
    public async Task Exception_OfACancelledCall_IsAnAbortError() =>
        (await RunAsync("f().catch((e) => [e.name, e.code])", new Func<Task>(() => Task.FromCanceled(new CancellationToken(true))))).ShouldBeExactly(new List<object?> { "AbortError", "cancelled" });

    [Fact]
    public async Task Exception_ThatAScriptPretends_IsNone()
    {
        var thrown = new InvalidOperationException();
        await using var runtime = await own.NewAsync();
        runtime.BindFunction("f", new Action(() => throw thrown));

        var error = await Should.ThrowAsync<JavaScriptException>(() => runtime.EvaluateAsync(
            "let real; try { f(); } catch (e) { real = e; } throw Object.assign(new real.constructor('pretended'), { code: 'x', id: 1, host: 1, hostError: 1 }, real);", Token).AsTask());

        error.InnerException.ShouldBeNull();
    }

    [Fact]
    public async Task Exception_ThroughACallback_KeepsWhatTheScriptThrew()
    {
        await using var runtime = await own.NewAsync();
        runtime.BindFunction("call", async (JsFunction f) => await f.InvokeAsync());

        var error = await Should.ThrowAsync<JavaScriptException>(() => runtime.EvaluateAsync("call(() => { throw new RangeError('inner'); })", Token).AsTask());

        error.Name.ShouldBe("RangeError");
        error.Message.ShouldContain("inner");
        error.InnerException.ShouldBeOfType<JavaScriptException>().Name.ShouldBe("RangeError");
    }

    private async Task<JavaScriptException> FailAsync(string code, Delegate handler) => await Should.ThrowAsync<JavaScriptException>(() => RunAsync(code, handler));

    private Task<JavaScriptException> FailAsync(string code, Action handler) => FailAsync(code, (Delegate)handler);

    private Task<object?> RunAsync(string code, Action handler, JsRuntimeOptions? options = null) => RunAsync(code, (Delegate)handler, options);

    private async Task<object?> RunAsync(string code, Delegate handler, JsRuntimeOptions? options = null)
    {
        await using var runtime = await own.NewAsync(options);
        runtime.BindFunction("f", handler);
        return await runtime.EvaluateAsync(code, Token);
    }
}
