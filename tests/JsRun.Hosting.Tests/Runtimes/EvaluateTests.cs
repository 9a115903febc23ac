using System.Numerics;
using JsRun.Hosting.Tests.Values;

namespace JsRun.Hosting.Tests.Runtimes;

/// <summary>Synchronous evaluation: its values, and the state that scripts share.</summary>
public sealed class EvaluateTests(OwnRuntime own) : IClassFixture<OwnRuntime>, IAsyncLifetime
{
    private IJsRuntime _runtime = null!;

    public async ValueTask InitializeAsync() => _runtime = await own.NewAsync();

    public ValueTask DisposeAsync() => _runtime.DisposeAsync();

    [Theory]
    [InlineData("typeof Deno", "undefined")]
    [InlineData("2 + 2", 4L)]
    [InlineData("'hello world'", "hello world")]
    [InlineData("Math.max(10, 20, 30)", 30L)]
    [InlineData("true", true)]
    [InlineData("false", false)]
    [InlineData("null", null)]
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
    [Trait("Upstream", "2.15: special numbers")]
    public void Evaluate_Scalar_GivesIt(string code, object? expected) => _runtime.Evaluate(code).ShouldBeExactly(expected);

    public static TheoryData<string, object?> Values => new()
    {
        { "1 + 1", 2L },
        { "'hello world'", "hello world" },
        { "true", true },
        { "false", false },
        { "null", null },
        { "undefined", JsUndefined.Value },
        { "[1, 2, 3]", new List<object?> { 1L, 2L, 3L } },
        { "({ foo: 'bar' })", new Dictionary<string, object?> { ["foo"] = "bar" } },
        { "({ nested: { value: 42 } })", new Dictionary<string, object?> { ["nested"] = new Dictionary<string, object?> { ["value"] = 42L } } },
        { "3.14", 3.14 },
        { "-5", -5L },
    };

    [Theory]
    [MemberData(nameof(Values))]
    [Trait("Upstream", "RT::test_eval_returns_native")]
    [Trait("Upstream", "2.15: each kind of value")]
    public void Evaluate_Value_IsOfItsTypeInDotNet(string code, object? expected) => _runtime.Evaluate(code).ShouldBeExactly(expected);

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
        (JsUndefined.IsUndefined(value), JsUndefined.IsUndefined(null), JsUndefined.IsUndefined("")).ShouldBe((true, false, false));
        $"{value}".ShouldBe("undefined");
    }

    [Fact]
    public void Evaluate_Undefined_IsNullInJson() => System.Text.Json.JsonSerializer.Serialize(_runtime.Evaluate("({ a: undefined, b: [undefined], c: null })")).ShouldBe("""{"a":null,"b":[null],"c":null}""");

    [Fact]
    [Trait("Upstream", "RT::test_eval_array")]
    [Trait("Upstream", "RT::test_eval_object")]
    public void Evaluate_ArraysAndObjects_AreListsAndDictionaries()
    {
        _runtime.Evaluate("[1, 2, 3]").ShouldBeExactly(new List<object?> { 1L, 2L, 3L });
        _runtime.Evaluate("({ a: 1, b: 2 })").ShouldBeExactly(new Dictionary<string, object?> { ["a"] = 1L, ["b"] = 2L });
    }

    [Fact]
    [Trait("Upstream", "RT::test_eval_bigint_handles_large_values")]
    [Trait("Upstream", "RT::test_js_bigint_to_python_int")]
    public void Evaluate_BigInt_IsExact()
    {
        _runtime.Evaluate("9223372036854775808n").ShouldBeExactly(BigInteger.Pow(2, 63));
        _runtime.Evaluate("2n ** 200n").ShouldBeExactly(BigInteger.Pow(2, 200));
    }

    [Fact]
    [Trait("Upstream", "2.17: shared reference")]
    public void Evaluate_SharedReference_IsGivenTwice()
    {
        var list = (List<object?>)_runtime.Evaluate("var shared = { a: 1 }; [shared, shared]")!;

        list[0].ShouldNotBeSameAs(list[1]);
        list[1].ShouldBeOfType<Dictionary<string, object?>>()["a"].ShouldBe(1L);
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
    [Trait("Upstream", "2.15: a counter persists")]
    [Trait("Upstream", "RT::test_multiple_sequential_evals")]
    public void Evaluate_Counter_CountsOn()
    {
        _runtime.Evaluate("let counter = 0");

        Enumerable.Range(1, 5).Select(_ => _runtime.Evaluate("++counter")).ShouldBe([1L, 2L, 3L, 4L, 5L]);
    }

    [Fact]
    public async Task Evaluate_FromManyThreads_RunsOneAfterTheOther()
    {
        _runtime.Evaluate("var n = 0");

        await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => Task.Run(() => _runtime.Evaluate("n++"))));

        _runtime.Evaluate("n").ShouldBe(20L);
    }

    [Theory]
    [Trait("Upstream", "2.17: a promise from a synchronous evaluation")]
    [InlineData("Promise.resolve(1)")]
    [InlineData("(async () => 1)()")]
    [InlineData("new (class P extends Promise {})(() => {})")]
    public void Evaluate_Promise_SaysToAwait(string code) =>
        Should.Throw<InvalidOperationException>(() => _runtime.Evaluate(code)).Message.ShouldContain("EvaluateAsync");
}
