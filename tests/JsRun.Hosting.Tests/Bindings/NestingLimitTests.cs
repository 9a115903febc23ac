namespace JsRun.Hosting.Tests.Bindings;

/// <summary>Host and script that call each other until JavaScript's stack is exhausted.</summary>
public sealed class NestingLimitTests(OwnRuntime own) : IClassFixture<OwnRuntime>
{
    private const string TooDeep = "Maximum call stack size exceeded";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    // What lies between two host calls decides where exactly the stack ends: in the script, in JsRun's own JavaScript, or at the entry.
    [InlineData("(function g(n) { return down(n, g) })(0)")]
    [InlineData("(function g(n, a, b, c, d) { const x = [n, a, b, c, d]; return down(x[0], g) })(0)")]
    [InlineData("(function g(n) { return (() => { const f = (m) => m > 0 ? f(m - 1) : down(n, g); return f(7); })() })(0)")]
    [InlineData("(function g(n) { return (() => { const f = (m) => m > 0 ? f(m - 1) : down(n, g); return f(31); })() })(0)")]
    [InlineData("(function g(n) { return JSON.parse('1', () => down(n, g)) })(0)")]
    public async Task Invoke_NestedUntilTheStackEnds_IsARangeError(string code)
    {
        List<string> uncaught = [];
        await using var runtime = await own.NewAsync(new JsRuntimeOptions { OnUncaughtError = e => uncaught.Add(e.Message) });
        var deepest = 0;
        runtime.BindFunction("down", (int n, JsFunction f) =>
        {
            deepest = Math.Max(deepest, n);
            return f.Invoke<int>(n + 1);
        });

        var error = Should.Throw<JavaScriptException>(() => runtime.Evaluate(code, cancellationToken: Token));

        $"{error.Name}: {error.JsMessage}".ShouldBe($"RangeError: {TooDeep}", error.ToString());
        deepest.ShouldBeGreaterThan(5);
        (await runtime.EvaluateAsync("1 + 1", Token)).ShouldBe(2L);
        uncaught.ShouldBeEmpty();
    }

    [Fact]
    public async Task Invoke_NestedUntilTheStackEnds_CanBeCaughtByTheScript()
    {
        await using var runtime = await own.NewAsync();
        runtime.BindFunction("down", (JsFunction f) => f.Invoke());

        runtime.Evaluate("const g = () => down(g); try { g(); } catch (e) { `${e.name}: ${e.message}`; }", cancellationToken: Token).ShouldBe($"RangeError: {TooDeep}");
    }

    [Fact]
    public async Task Evaluate_NestedUntilTheStackEnds_IsARangeError()
    {
        await using var runtime = await own.NewAsync();
        runtime.BindFunction("down", object? () => runtime.Evaluate("down()", cancellationToken: Token));

        var error = Should.Throw<JavaScriptException>(() => runtime.Evaluate("down()", cancellationToken: Token));

        (error.Name, error.JsMessage).ShouldBe(("RangeError", TooDeep));
    }
}
