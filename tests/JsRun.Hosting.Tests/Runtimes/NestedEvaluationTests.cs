namespace JsRun.Hosting.Tests.Runtimes;

/// <summary>Evaluations that a host function begins in its own runtime.</summary>
[Trait("Clock", "real")]
public sealed class NestedEvaluationTests(OwnRuntime own) : IClassFixture<OwnRuntime>
{
    private const string Endless = "for (;;);";
    private static readonly TimeSpan Short = TimeSpan.FromMilliseconds(100);

    [Fact]
    [Trait("Upstream", "2.17: host callback re-entrancy")]
    public async Task Evaluate_FromAHostFunction_RunsNested()
    {
        IJsRuntime? runtime = null;
        object? nested = null;
        runtime = await own.NewAsync(new JsRuntimeOptions { Console = { OnMessage = message => nested = runtime!.Evaluate($"let inner = outer + {message.Text}; inner") } });
        await using var disposal = runtime;

        runtime.Evaluate("let outer = 40; console.log('2'); outer + inner").ShouldBe(82L);

        nested.ShouldBe(42L);
    }

    [Fact]
    public async Task Evaluate_NestedTimeout_EndsOnlyTheNested()
    {
        IJsRuntime? runtime = null;
        Exception? nested = null;
        runtime = await own.NewAsync(new JsRuntimeOptions { Console = { OnMessage = _ => nested = Record.Exception(() => runtime!.Evaluate(Endless, new JsEvaluateOptions { Timeout = Short })) } });
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
        runtime = await own.NewAsync(new JsRuntimeOptions { Console = { OnMessage = _ => nested = Record.Exception(() => runtime!.Evaluate(Endless)) } });
        await using var disposal = runtime;

        Should.Throw<JsTimeoutException>(() => runtime.Evaluate("console.log('go'); globalThis.survived = true; for (;;);", new JsEvaluateOptions { Timeout = Short }));

        nested.ShouldBeOfType<JsTimeoutException>();
        runtime.Evaluate("typeof survived").ShouldBe("undefined");
    }

    [Fact]
    public async Task Evaluate_NestedThrows_ReachesTheHostFunctionOnly()
    {
        IJsRuntime? runtime = null;
        Exception? nested = null;
        runtime = await own.NewAsync(new JsRuntimeOptions { Console = { OnMessage = _ => nested = Record.Exception(() => runtime!.Evaluate("let z = 1; throw { hostException: 1 }")) } });
        await using var disposal = runtime;

        runtime.Evaluate("console.log('go'); 'fine'").ShouldBe("fine");

        nested.ShouldBeOfType<JavaScriptException>();
    }
}
