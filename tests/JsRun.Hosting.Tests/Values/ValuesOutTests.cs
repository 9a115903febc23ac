using System.Numerics;

namespace JsRun.Hosting.Tests.Values;

/// <summary>Values on their way out of JavaScript.</summary>
public sealed class ValuesOutTests(OwnRuntime own) : IClassFixture<OwnRuntime>
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static TheoryData<string, object?> Scalars => new()
    {
        { "undefined", JsUndefined.Value },
        { "null", null },
        { "true", true },
        { "5", 5L },
        { "Math.sqrt(16)", 4L },
        { "-0", -0.0 },
        { "2 ** 53 - 1", 9007199254740991L },
        { "2 ** 53", 9007199254740992.0 },
        { "NaN", double.NaN },
        { "-Infinity", double.NegativeInfinity },
        { "'é\\ud800'", "é\ud800" },
        { "''", "" },
        { "2n ** 64n", BigInteger.Pow(2, 64) },
        { "new Date(1704067200000)", new DateTimeOffset(2024, 1, 1, 0, 0, 0, TimeSpan.Zero) },
        { "/a+/gi", "/a+/gi" },
        { "new Number(3)", 3L },
        { "new String('x')", "x" },
        { "[,1]", new List<object?> { JsUndefined.Value, 1L } },
        { "[[], 'a', -0, 1.5]", new List<object?> { new List<object?>(), "a", -0.0, 1.5 } },
        { "new Uint8Array([1, 2, 3, 4])", new byte[] { 1, 2, 3, 4 } },
        { "new Float64Array([1.5])", new[] { 1.5 } },
        { "new BigInt64Array([-1n])", new[] { -1L } },
        { "new Int16Array(new Int16Array([1, 2, 3]).buffer, 2, 1)", new short[] { 2 } },
        { "new Uint8Array([7, 8]).buffer", new byte[] { 7, 8 } },
        { "new DataView(new Uint8Array([7, 8]).buffer, 1)", new byte[] { 8 } },
        { "new Uint8Array(200000).fill(3).length", 200000L },
    };

    [Theory]
    [MemberData(nameof(Scalars))]
    [Trait("Upstream", "RT::test_uint8array_to_bytes")]
    [Trait("Upstream", "RT::test_js_date_to_python_datetime")]
    [Trait("Upstream", "2.17: -0")]
    [Trait("Upstream", "2.17: ints near 2^53/2^63 both ways")]
    [Trait("Upstream", "2.17: Symbol, Map, Promise, RegExp, Error, typed arrays")]
    public async Task EvaluateAsync_Value_IsItsEqualInDotNet(string code, object? expected) =>
        (await own.Runtime.EvaluateAsync(code, Token)).ShouldBeExactly(expected);

    [Fact]
    public async Task EvaluateAsync_LargeBytes_CrossWhole() =>
        (await own.Runtime.EvaluateAsync("[new Uint8Array(200000).fill(3), new Uint8Array(1).fill(4)]", Token)).ShouldBeOfType<List<object?>>()
            .Select(b => ((byte[])b!).Sum(v => v)).ShouldBe([600000, 4]);

    [Theory]
    [InlineData("const o = { a: [] }; o.a.push({ o }); o", "value.a[0].o")]
    [InlineData("const m = new Map(); m.set(1, m); m", "value[0]")]
    [InlineData("Symbol('x')", "Symbol(x)")]
    [InlineData("({ a: Symbol('x') })", "value.a")]
    [InlineData("({ p: Promise.resolve(1) })", "value.p")]
    [InlineData("({ get 'a b'() { throw new Error('mine') } })", "value[\"a b\"]")]
    [InlineData("new Date(NaN)", "out of range")]
    [InlineData("new Date(253402300800000)", "out of range")]
    [InlineData("new Date(-62135596800001)", "out of range")]
    [InlineData("'x'.repeat(11 << 20)", "Size (11534336 bytes) exceeded maximum limit of 10485760 bytes")]
    [InlineData("'é'.repeat(6 << 20)", "Size (12582912 bytes) exceeded maximum limit of 10485760 bytes")]
    [InlineData("new Array(2 ** 31)", "exceeded maximum limit")]
    [InlineData("new Proxy([], { get(t, k) { return k === 'length' ? 2 ** 40 : 1 } })", "exceeded maximum limit")]
    [InlineData("let d = {}; for (let i = 0; i < 200; i++) d = { d }; d", "Depth exceeded maximum limit of 100")]
    [InlineData("const r = new ArrayBuffer(8, { maxByteLength: 16 }); ({ a: new Uint8Array(r), get b() { r.resize(4); return 1 } })", "detached or resized")]
    [InlineData("(() => { const p = new Proxy({}, { ownKeys() { throw 1 } }); return p })()", "reading it failed")]
    [InlineData("new Proxy(function () {}, {}), new Proxy({}, { getPrototypeOf() { throw { hostException: 1 } } })", "reading it failed")]
    [Trait("Upstream", "2.17: invalid Date")]
    [Trait("Upstream", "2.17: getter that throws")]
    [Trait("Upstream", "2.17: Symbol, Map, Promise, RegExp, Error, typed arrays")]
    public async Task EvaluateAsync_CannotCross_SaysWhatAndWhere(string code, string message)
    {
        await using var runtime = await own.NewAsync();

        (await Should.ThrowAsync<JsConversionException>(async () => await runtime.EvaluateAsync(code, Token))).Message.ShouldContain(message);

        (await runtime.EvaluateAsync("1 + 1", Token)).ShouldBe(2L);
    }

    [Theory]
    [InlineData("const m = new Map([[1, 2]]); Array.prototype[Symbol.iterator] = () => { throw 1 }; Object.defineProperty(Array.prototype, '0', { set() { throw 1 } }); [1, { a: m }]", "Map")]
    [InlineData("Object.prototype.toString = Map.prototype.forEach = Object.keys = () => { throw 1 }; ({ a: new Map() })", "Map")]
    [InlineData("class Fake { get [Symbol.toStringTag]() { return 'Map' } } ({ a: new Fake() })", "{}")]
    [InlineData("({ a: Object.create(Map.prototype) })", "{}")]
    [InlineData("({ a: Object.create(Date.prototype) })", "{}")]
    [InlineData("({ a: { __jsrun_type: 'BigInt', value: '12' } })", "{}")]
    [InlineData("({ a: new Proxy({}, { getPrototypeOf: () => Date.prototype }) })", "{}")]
    public async Task EvaluateAsync_HostilePrototypes_ConvertWhatIsThere(string code, string kind)
    {
        await using var runtime = await own.NewAsync();

        var value = await runtime.EvaluateAsync(code, Token);
        var part = value is List<object?> list ? ((Dictionary<string, object?>)list[1]!)["a"] : ((Dictionary<string, object?>)value!)["a"];

        part!.GetType().ShouldBe(kind == "Map" ? typeof(JsMap) : typeof(Dictionary<string, object?>));
    }

    [Fact]
    [Trait("Clock", "real")]
    public async Task EvaluateAsync_GetterThatNeverEnds_IsInterrupted()
    {
        await using var runtime = await own.NewAsync(new JsRuntimeOptions { Timeout = TimeSpan.FromMilliseconds(300) });

        await Should.ThrowAsync<JsTimeoutException>(async () => await runtime.EvaluateAsync("({ get a() { for (;;); } })", Token));

        (await runtime.EvaluateAsync("1 + 1", Token)).ShouldBe(2L);
    }

    [Fact]
    public async Task EvaluateAsync_GetterThatStagesBytes_ChangesNothingOfTheValue()
    {
        var value = await own.Runtime.EvaluateAsync<List<object?>>("[new Uint8Array([1, 2]), { get a() { fetch('http://localhost/', { method: 'POST', body: new Uint8Array([9, 9, 9]) }).catch(() => {}); return new Uint8Array([3]) } }]", Token);

        ((byte[])value![0]!).ShouldBe([1, 2]);
        ((byte[])((Dictionary<string, object?>)value[1]!)["a"]!).ShouldBe([3]);
    }

    [Fact]
    [Trait("Upstream", "2.17: Symbol, Map, Promise, RegExp, Error, typed arrays")]
    public async Task EvaluateAsync_Error_IsAValueWithCauseAndProperties()
    {
        var error = (await own.Runtime.EvaluateAsync("Object.assign(new TypeError('no', { cause: new Error('why') }), { code: 7 })", Token)).ShouldBeOfType<JsErrorValue>();

        (error.Name, error.Message, ((JsErrorValue)error.Cause!).Message, error.Properties["code"]).ShouldBe(("TypeError", "no", "why", 7L));
    }

    [Fact]
    [Trait("Upstream", "RT::test_js_set_to_python_set")]
    public async Task EvaluateAsync_Set_ComparesAsJavaScriptDoes()
    {
        var set = (await own.Runtime.EvaluateAsync("new Set([1, '1', true, NaN, -0, null, undefined])", Token)).ShouldBeOfType<HashSet<object?>>();

        set.Count.ShouldBe(7);
        new object?[] { 1, 1.0, "1", true, double.NaN, 0, null, JsUndefined.Value }.ShouldAllBe(v => set.Contains(v));
        set.Contains(false).ShouldBeFalse();
    }
}
