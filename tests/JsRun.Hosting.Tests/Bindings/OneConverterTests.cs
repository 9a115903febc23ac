using JsRun.Hosting.Tests.Values;

namespace JsRun.Hosting.Tests.Bindings;

/// <summary>A value is the same in .NET whichever way it comes: as the result of an evaluation, an argument of a host function, a chunk of a stream or an export of a module.</summary>
public sealed class OneConverterTests(OwnRuntime own) : IClassFixture<OwnRuntime>
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("null")]
    [InlineData("undefined")]
    [InlineData("-0")]
    [InlineData("2 ** 40")]
    [InlineData("2 ** 53")]
    [InlineData("-(2 ** 31) - 1")]
    [InlineData("1.5")]
    [InlineData("NaN")]
    [InlineData("2n ** 70n")]
    [InlineData("'text \\ud800'")]
    [InlineData("[1, , { a: null, b: undefined }]")]
    [InlineData("new Date(1704067200000)")]
    [InlineData("new Set([1, 'a'])")]
    [InlineData("/a+/g")]
    [InlineData("new Uint8Array([1, 2])")]
    [InlineData("new Uint16Array([1, 300])")]
    [InlineData("new ArrayBuffer(3)")]
    [InlineData("new DataView(new ArrayBuffer(2))")]
    [InlineData("({ __jsrun_type: 'BigInt', value: '12' })")]
    public async Task Value_AnyWay_IsTheSame(string code)
    {
        await using var runtime = await own.NewAsync();
        var expected = await runtime.EvaluateAsync($"(0, {code})", Token);
        object? argument = null;
        runtime.BindFunction("host", (object? value) => { argument = value; });
        runtime.Modules.Add("m", $"export default {code}");

        await runtime.EvaluateAsync($"host({code})", Token);
        argument.ShouldBeExactly(expected, "an argument of a host function");
        await runtime.EvaluateAsync($"host([{code}])", Token);
        ((List<object?>)argument!)[0].ShouldBeExactly(expected, "in an argument of a host function");
        (await runtime.ImportAsync("m", cancellationToken: Token)).Default.ShouldBeExactly(expected, "an export");
        var stream = await runtime.EvaluateAsync<JsStream>($"new ReadableStream({{ start(c) {{ c.enqueue({code}); c.close() }} }})", Token);
        (await stream!.ToListAsync(Token)).ShouldHaveSingleItem().ShouldBeExactly(expected, "a chunk of a stream");
        runtime.Evaluate<JsFunction>($"() => ({code})")!.Invoke().ShouldBeExactly(expected, "the result of a function");
    }

    [Theory]
    [InlineData("Symbol('s')", "Symbol")]
    [InlineData("Promise.resolve(1)", "Promise")]
    [InlineData("(() => { const o = {}; o.o = o; return o })()", "circular")]
    [InlineData("new Date(NaN)", "out of range")]
    [InlineData("({ get a() { throw new Error('mine') } })", "'a'")]
    public async Task CannotCross_AnyWay_IsAnErrorAndTheRuntimeGoesOn(string code, string expected)
    {
        await using var runtime = await own.NewAsync();
        runtime.BindFunction("host", (object? value) => value);
        runtime.Modules.Add("m", $"export default [{code}]");

        (await Should.ThrowAsync<JsConversionException>(async () => await runtime.EvaluateAsync($"[{code}]", Token))).Message.ShouldContain(expected);
        (await Should.ThrowAsync<JavaScriptException>(async () => await runtime.EvaluateAsync($"host({code})", Token))).Message.ShouldContain(expected);
        (await Should.ThrowAsync<JsConversionException>(async () => await runtime.ImportAsync("m", cancellationToken: Token))).Message.ShouldContain(expected);
        (await runtime.EvaluateAsync("1 + 1", Token)).ShouldBeExactly(2L);
    }
}
