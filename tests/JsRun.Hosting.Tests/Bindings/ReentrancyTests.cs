using JsRun.Hosting.Tests.Values;

namespace JsRun.Hosting.Tests.Bindings;

public sealed class ReentrancyTests(OwnRuntime own) : IClassFixture<OwnRuntime>
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    [Trait("Upstream", "2.17: host callback re-entrancy")]
    public async Task SyncHandler_EvaluatesInItsRuntime_RunsNested()
    {
        await using var runtime = await own.NewAsync();
        runtime.BindFunction("host", (IJsRuntime inner, int x) => inner.Evaluate<int>($"globalThis.seen = {x}; seen + 1"));

        (await runtime.EvaluateAsync("[host(1), seen, host(5), seen]", Token)).ShouldBeExactly(new List<object?> { 2L, 1L, 6L, 5L });
        runtime.Evaluate("host(7)", cancellationToken: Token).ShouldBe(8L);
    }

    [Fact]
    [Trait("Upstream", "2.17: host callback re-entrancy")]
    public async Task AsyncHandler_EvaluatesInItsRuntime_Interleaves()
    {
        await using var runtime = await own.NewAsync();
        runtime.BindFunction("host", async (IJsRuntime inner, int x) =>
        {
            var first = await inner.EvaluateAsync<int>($"Promise.resolve({x} + 1)");
            await Task.Yield();
            return first + inner.Evaluate<int>("1");
        });

        (await runtime.EvaluateAsync("Promise.all([host(1), host(2)])", Token).InTime()).ShouldBeExactly(new List<object?> { 3L, 4L });
    }

    [Fact]
    [Trait("Upstream", "2.17: a function called by the host calls the host")]
    public async Task Proxy_WhoseFunctionCallsTheHostWhichCallsJavaScript_DoesNotDeadlock()
    {
        await using var runtime = await own.NewAsync();
        runtime.BindFunction("host", (IJsRuntime inner, JsFunction f, int x) => f.Invoke<int>(x) + inner.Evaluate<int>("1"));
        using var proxy = (JsFunction)runtime.Evaluate("(x) => host((y) => y * 2, x)", cancellationToken: Token)!;

        proxy.Invoke(20).ShouldBe(41L);
        (await proxy.InvokeAsync(10).InTime()).ShouldBe(21L);
    }

    [Fact]
    public async Task SyncHandler_CallsAFunctionThatThrows_MayCatchIt()
    {
        await using var runtime = await own.NewAsync();
        runtime.BindFunction("attempt", (JsFunction f) =>
        {
            try
            {
                return f.Invoke();
            }
            catch (JavaScriptException e)
            {
                return $"{e.Name}: {e.JsMessage}";
            }
        });

        runtime.Evaluate("attempt(() => { throw new RangeError('inner'); })", cancellationToken: Token).ShouldBe("RangeError: inner");
    }

    [Fact]
    public async Task SyncHandler_BindsInItsRuntime_IsThereAtOnce()
    {
        await using var runtime = await own.NewAsync();
        runtime.BindFunction("load", (IJsRuntime inner) => inner.BindFunction("loaded", () => 42));

        runtime.Evaluate("load(); loaded()", cancellationToken: Token).ShouldBe(42L);
    }

    [Fact]
    [Trait("Clock", "real")]
    public async Task NestedEvaluation_OwnTimeout_EndsItAlone()
    {
        await using var runtime = await own.NewAsync();
        runtime.BindFunction("host", (IJsRuntime inner) =>
        {
            try
            {
                return inner.Evaluate("while (true) {}", new JsEvaluateOptions { Timeout = TimeSpan.FromMilliseconds(50) });
            }
            catch (JsTimeoutException)
            {
                return "timed out";
            }
        });

        (await runtime.EvaluateAsync("const r = host(); r + '!'", Token).InTime()).ShouldBe("timed out!");
    }

    [Fact]
    [Trait("Clock", "real")]
    public async Task NestedEvaluation_TimeoutOfTheOuter_EndsBoth()
    {
        await using var runtime = await own.NewAsync();
        runtime.BindFunction("host", (IJsRuntime inner) => inner.Evaluate("while (true) {}"));

        await Should.ThrowAsync<JsTimeoutException>(() => runtime.EvaluateAsync("host()", new JsEvaluateOptions { Timeout = TimeSpan.FromMilliseconds(50) }, Token).InTime());

        (await runtime.EvaluateAsync("1 + 1", Token).InTime()).ShouldBe(2L);
    }

    [Fact]
    public async Task Recursion_ThroughTheHost_EndsAsAnErrorOfJavaScript()
    {
        await using var runtime = await own.NewAsync();
        runtime.BindFunction("host", (JsFunction f) => f.Invoke());

        (await runtime.EvaluateAsync("let depth = 0; const down = () => { depth++; return host(down); }; let name; try { down(); } catch (e) { name = e.name; } [typeof name, depth > 5]", Token).InTime())
            .ShouldBeExactly(new List<object?> { "string", true });
        (await runtime.EvaluateAsync("1 + 1", Token).InTime()).ShouldBe(2L);
    }

    [Fact]
    public async Task SyncHandler_DisposesItsRuntime_EndsTheEvaluation()
    {
        var runtime = await own.NewAsync();
        runtime.BindFunction("host", (IJsRuntime inner) => inner.Dispose());

        await Should.ThrowAsync<ObjectDisposedException>(() => runtime.EvaluateAsync("host(); while (true) {}", Token).InTime());
    }
}
