using System.Numerics;

namespace JsRun.Hosting.Tests.Values;

/// <summary>How deep and how large values may be that cross, in both directions and on every way.</summary>
public sealed class ConversionLimitTests(OwnRuntime own) : IClassFixture<OwnRuntime>
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    [Trait("Upstream", "RT::test_js_to_python_respects_serialization_depth_limit")]
    [Trait("Upstream", "2.15: the depth tracker counts the root as one")]
    public async Task MaxConversionDepth_OutOfJavaScript_IsTheMost()
    {
        await using var runtime = await own.NewAsync(new JsRuntimeOptions { MaxConversionDepth = 2 });

        runtime.Evaluate("({ a: { b: 1 } })").ShouldNotBeNull();
        Should.Throw<JsConversionException>(() => runtime.Evaluate("({ a: { b: { c: 1 } } })")).Message.ShouldContain("Depth exceeded maximum limit of 2");
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [Trait("Upstream", "RT::test_python_to_js_respects_serialization_depth_limit")]
    public async Task MaxConversionDepth_IntoJavaScript_IsTheMost(int depth)
    {
        await using var runtime = await own.NewAsync(new JsRuntimeOptions { MaxConversionDepth = depth });
        var identity = runtime.Evaluate<JsFunction>("v => v")!;

        identity.Invoke([Nested(depth)]).ShouldNotBeNull();
        Should.Throw<JsConversionException>(() => identity.Invoke([Nested(depth + 1)])).Message.ShouldContain($"Depth exceeded maximum limit of {depth}");
    }

    [Fact]
    [Trait("Upstream", "RT::test_js_to_python_respects_serialization_bytes_limit")]
    public async Task MaxConversionBytes_OutOfJavaScript_IsTheMost()
    {
        await using var runtime = await own.NewAsync(new JsRuntimeOptions { MaxConversionBytes = 32 });

        runtime.Evaluate("'x'.repeat(32)").ShouldBe(new string('x', 32));
        Should.Throw<JsConversionException>(() => runtime.Evaluate("'x'.repeat(64)")).Message.ShouldContain("Size (64 bytes) exceeded maximum limit of 32 bytes");
    }

    [Fact]
    [Trait("Upstream", "RT::test_python_to_js_respects_serialization_bytes_limit")]
    public async Task MaxConversionBytes_IntoJavaScript_IsTheMost()
    {
        await using var runtime = await own.NewAsync(new JsRuntimeOptions { MaxConversionBytes = 32 });
        var identity = runtime.Evaluate<JsFunction>("v => v")!;

        identity.Invoke("short").ShouldBe("short");
        Should.Throw<JsConversionException>(() => identity.Invoke(new string('x', 40))).Message.ShouldContain("String size limit exceeded: 40 > 32");
    }

    [Fact]
    public async Task MaxConversionBytes_LargeBigInt_IsRefusedBothWays()
    {
        await using var runtime = await own.NewAsync(new JsRuntimeOptions { MaxConversionBytes = 100 });
        var discard = runtime.Evaluate<JsFunction>("v => typeof v")!;

        runtime.Evaluate<BigInteger>("2n ** 200n").ShouldBe(BigInteger.Pow(2, 200));
        discard.Invoke(BigInteger.Pow(2, 200)).ShouldBe("bigint");
        Should.Throw<JsConversionException>(() => runtime.Evaluate("2n ** 2000n")).Message.ShouldContain("exceeded");
        Should.Throw<JsConversionException>(() => discard.Invoke(BigInteger.Pow(2, 2000))).Message.ShouldContain("exceeded");
    }

    [Fact]
    [Trait("Upstream", "2.15: the size tracker adds up")]
    public async Task MaxConversionBytes_ManySmallParts_AreAddedUp()
    {
        await using var runtime = await own.NewAsync(new JsRuntimeOptions { MaxConversionBytes = 1000 });
        var identity = runtime.Evaluate<JsFunction>("v => undefined")!;

        runtime.Evaluate("Array(8).fill('x'.repeat(100))").ShouldNotBeNull();
        Should.Throw<JsConversionException>(() => runtime.Evaluate("Array(11).fill('x'.repeat(100))")).Message.ShouldContain("exceeded maximum limit of 1000 bytes");
        identity.Invoke([Enumerable.Repeat(new string('x', 100), 5).ToArray()]).ShouldBe(JsUndefined.Value);
        Should.Throw<JsConversionException>(() => identity.Invoke([Enumerable.Repeat(new string('x', 100), 11).ToArray()])).Message.ShouldContain("exceeded maximum limit of 1000 bytes");
    }

    [Theory]
    [InlineData("const e = new RangeError('boom'); e.detail = 'x'.repeat(500); throw e", "boom")]
    [InlineData("const e = new RangeError('late'); e.when = new Date(NaN); throw e", "late")]
    [InlineData("throw new RangeError('x'.repeat(100))", "xxx")]
    public async Task ConversionLimits_WhatIsThrown_IsToldWhateverTheyAre(string code, string message)
    {
        await using var runtime = await own.NewAsync(new JsRuntimeOptions { MaxConversionDepth = 1, MaxConversionBytes = 10 });

        var error = Should.Throw<JavaScriptException>(() => runtime.Evaluate(code));

        error.Name.ShouldBe("RangeError");
        error.JsMessage.ShouldContain(message);
    }

    [Fact]
    public async Task MaxConversionDepth_BoundFunctions_CountTheirArgumentsOnly()
    {
        await using var runtime = await own.NewAsync(new JsRuntimeOptions { MaxConversionDepth = 1 });
        using var function = runtime.Evaluate<JsFunction>("(function (list) { return this.factor * list[0] })")!;

        function.Bind(new { Factor = 6 }).Invoke([new[] { 7 }]).ShouldBe(42L);
    }

    [Fact]
    public async Task ConversionLimits_ArgumentsOfHostFunctions_AreChecked()
    {
        await using var runtime = await own.NewAsync(new JsRuntimeOptions { MaxConversionDepth = 3, MaxConversionBytes = 100 });
        var calls = 0;
        runtime.BindFunction("host", (object? value) => ++calls);

        runtime.Evaluate("host('fits')").ShouldBeExactly(1L);
        foreach (var argument in (string[])["'x'.repeat(200)", "[[[[1]]]]", "new Uint8Array(200)"])
        {
            Should.Throw<JavaScriptException>(() => runtime.Evaluate($"host({argument})")).Name.ShouldBe("TypeError", argument);
        }

        Should.Throw<JavaScriptException>(() => runtime.Evaluate("host([[[[1]]]])")).Message.ShouldContain("Depth exceeded maximum limit of 3");
        runtime.Evaluate("host([[[1]]])").ShouldBeExactly(2L);
        calls.ShouldBe(2);
    }

    [Fact]
    public async Task MaxConversionBytes_Configured_IsTheLimitOfAsynchronousResultsToo()
    {
        await using var runtime = await own.NewAsync(new JsRuntimeOptions { MaxConversionDepth = 200, MaxConversionBytes = 2048 });

        (await runtime.EvaluateAsync("'x'.repeat(2048)", Token)).ShouldBe(new string('x', 2048));
        await Should.ThrowAsync<JsConversionException>(async () => await runtime.EvaluateAsync("'x'.repeat(2049)", Token));
        (await runtime.EvaluateAsync("let d = 1; for (let i = 0; i < 150; i++) d = [d]; d", Token)).ShouldBeOfType<List<object?>>();
    }

    private static object[] Nested(int depth) => depth == 1 ? [1] : [Nested(depth - 1)];
}
