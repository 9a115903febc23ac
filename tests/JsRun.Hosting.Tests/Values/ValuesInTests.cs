using System.Globalization;
using System.Numerics;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace JsRun.Hosting.Tests.Values;

/// <summary>Values on their way into JavaScript, as a script sees them.</summary>
public sealed partial class ValuesInTests(OwnRuntime own) : IClassFixture<OwnRuntime>
{
    public static TheoryData<object?, string> Values => new()
    {
        { null, "v === null" },
        { JsUndefined.Value, "v === undefined" },
        { true, "v === true" },
        { 5, "v === 5" },
        { -0.0, "Object.is(v, -0)" },
        { double.NaN, "Number.isNaN(v)" },
        { double.PositiveInfinity, "v === Infinity" },
        { 1e21, "v === 1e21" },
        { 5e-324, "v === Number.MIN_VALUE" },
        { double.MaxValue, "v === Number.MAX_VALUE" },
        { 0.1f, "v === 0.1" },
        { 12.5m, "v === 12.5" },
        { (1L << 53) - 1, "v === 2 ** 53 - 1" },
        { 1L << 53, "v === 2n ** 53n" },
        { long.MinValue, "v === -(2n ** 63n)" },
        { ulong.MaxValue, "v === 2n ** 64n - 1n" },
        { BigInteger.Pow(2, 200), "v === 2n ** 200n && typeof v === 'bigint'" },
        { "", "v === ''" },
        { "é\ud800\u2028'\"\\\n", "v === 'é\\ud800\\u2028\\'\"\\\\\\n'" },
        { 'x', "v === 'x'" },
        { new byte[] { 0, 255 }, "v instanceof Uint8Array && v[1] === 255" },
        { (ReadOnlyMemory<byte>)new byte[] { 7 }, "v instanceof Uint8Array && v[0] === 7" },
        { (ReadOnlyMemory<float>)new[] { 1.5f }, "v instanceof Float32Array && v[0] === 1.5" },
        { (ReadOnlyMemory<long>)new[] { -1L }, "v instanceof BigInt64Array && v[0] === -1n" },
        { new List<object?> { 1, new List<object?>(), null }, "Array.isArray(v) && v.length === 3 && Array.isArray(v[1]) && v[2] === null" },
        { new[] { 1, 2 }, "Array.isArray(v) && v[1] === 2" },
        { Enumerable.Range(0, 3).Select(i => i), "v.join() === '0,1,2'" },
        { new Dictionary<string, object?> { ["a b"] = 1, ["__proto__"] = 2, ["0"] = 3 }, "v['a b'] === 1 && Object.hasOwn(v, '__proto__') && Object.getPrototypeOf(v) === Object.prototype && v[0] === 3" },
        { new Dictionary<string, object?> { ["__jsrun_type"] = "Date" }, "v.__jsrun_type === 'Date'" },
        { new Dictionary<int, string> { [1] = "a" }, "v instanceof Map && v.get(1) === 'a'" },
        { new JsMap { [null] = 1, ["k"] = new JsMap() }, "v.get(null) === 1 && v.get('k') instanceof Map" },
        { new HashSet<int> { 1, 2, 3 }, "v instanceof Set && Array.from(v).join() === '1,2,3'" },
        { (1, "a"), "Array.isArray(v) && v[1] === 'a'" },
        { new DateTimeOffset(2024, 1, 1, 2, 0, 0, TimeSpan.FromHours(2)), "v instanceof Date && v.getTime() === 1704067200000" },
        { new DateTime(2024, 1, 1, 0, 0, 0, DateTimeKind.Utc), "v.getTime() === 1704067200000" },
        { new DateOnly(2024, 1, 2), "v === '2024-01-02'" },
        { Guid.Empty, "v === '00000000-0000-0000-0000-000000000000'" },
        { DayOfWeek.Friday, "v === 5" },
        { TimeSpan.FromSeconds(90), "v === '00:01:30'" },
        { new { Name = "x", When = DateTimeOffset.UnixEpoch, Bytes = new byte[] { 1 } }, "v.name === 'x' && v.when instanceof Date && v.bytes instanceof Uint8Array" },
        { new Person("Ada", 36, [new Person("Bob", 3, [])]), "v.name === 'Ada' && v.children[0].age === 3" },
        { new Named { Renamed = 1, Hidden = 2, Kind = Kind.Large }, "v.other === 1 && !('hidden' in v) && v.kind === 'Large'" },
        { JsonNode.Parse("""{"a":[1,null,"x"]}"""), "v.a[2] === 'x' && v.a[1] === null" },
        { JsonElement.Parse("""{"a":{"b":1.5}}"""), "v.a.b === 1.5" },
        { new JsErrorValue { Name = "TypeError", Message = "no", Cause = "why", Properties = new Dictionary<string, object?> { ["code"] = 7 } }, "v instanceof Error && v.name === 'TypeError' && v.message === 'no' && v.cause === 'why' && v.code === 7" },
    };

    [Theory]
    [MemberData(nameof(Values))]
    [Trait("Upstream", "RT::test_python_datetime_to_js_date")]
    [Trait("Upstream", "RT::test_python_set_to_js_set")]
    [Trait("Upstream", "RT::test_python_undefined_to_js")]
    [Trait("Upstream", "RT::test_python_int_to_js_bigint")]
    [Trait("Upstream", "2.17: -0")]
    [Trait("Upstream", "2.17: ints near 2^53/2^63 both ways")]
    public void Invoke_Value_IsThatInJavaScript(object? value, string check)
    {
        var test = own.Runtime.Evaluate<JsFunction>($"v => {check}")!;

        test.Invoke([value]).ShouldBe(true, $"as an argument: {check}");
        own.Runtime.Evaluate<JsFunction>($"({{ v }}) => {check}")!.Invoke(new Wrapper(value)).ShouldBe(true, $"in an object: {check}");
    }

    [Fact]
    public void Invoke_LargeBytes_GetThereWhole()
    {
        var bytes = new byte[200_000];
        Array.Fill(bytes, (byte)3);

        var sum = own.Runtime.Evaluate<JsFunction>("(a, b, c) => a.reduce((x, y) => x + y) + b.length + c[0]")!;

        sum.Invoke(bytes, Array.Empty<byte>(), new byte[] { 4 }).ShouldBe(600_004L);
    }

    [Fact]
    [Trait("Upstream", "RT::test_bytes_round_trip")]
    public void Invoke_Identity_GivesTheSame()
    {
        var identity = own.Runtime.Evaluate<JsFunction>("v => v")!;
        var map = new JsMap { [1L] = "a", [null] = new List<object?> { 1L, -0.0, true } };

        identity.Invoke(new byte[] { 0, 255 }).ShouldBe(new byte[] { 0, 255 });
        identity.Invoke([(ReadOnlyMemory<short>)new short[] { 1, -2 }]).ShouldBe(new short[] { 1, -2 });
        var same = identity.Invoke(map).ShouldBeOfType<JsMap>();
        same.Select(e => e.Key).ShouldBe([1L, null]);
        same[null].ShouldBeExactly(map[null]);
        identity.Invoke(JsUndefined.Value).ShouldBe(JsUndefined.Value);
        identity.Invoke([null]).ShouldBeNull();
        identity.Invoke("a;}:").ShouldBe("a;}:");
    }

    [Theory]
    [InlineData("Object.defineProperty(Object.prototype, 'name', { set() { throw 1 }, configurable: true })")]
    [InlineData("Object.defineProperty(Array.prototype, '0', { set() { throw 1 }, configurable: true })")]
    [InlineData("Map.prototype.set = Set.prototype.add = Object.defineProperty = Reflect.defineProperty = () => { throw 1 }")]
    [InlineData("globalThis.Map = globalThis.Set = globalThis.Date = globalThis.BigInt = globalThis.Number = globalThis.Uint8Array = globalThis.ArrayBuffer = undefined")]
    [InlineData("String.prototype.slice = String.prototype.charCodeAt = String.prototype.indexOf = () => { throw 1 }; Array.prototype[Symbol.iterator] = () => { throw 1 }")]
    [InlineData("Object.prototype.value = 1; Object.prototype.get = () => 2; Object.prototype.writable = false")]
    public async Task Invoke_HostilePrototypes_GetsWhatWasSent(string tampering)
    {
        await using var runtime = await own.NewAsync();
        var show = runtime.Evaluate<JsFunction>("(({ stringify }) => v => stringify(v, (k, x) => typeof x === 'bigint' ? x + 'n' : x))(JSON)")!;
        runtime.Evaluate(tampering + "; undefined");

        show.Invoke([new object?[] { new { Name = "x", List = new[] { 1, 2 } }, "s", BigInteger.Pow(2, 70) }]).ShouldBe("""[{"name":"x","list":[1,2]},"s","1180591620717411303424n"]""");
        show.Invoke([new HashSet<int> { 1 }]).ShouldBe("{}");
        show.Invoke([new JsMap { [1] = 2 }]).ShouldBe("{}");
    }

    [Fact]
    public void Invoke_CycleOfObjects_NamesThePath()
    {
        var person = new Linked { Name = "a" };
        person.Next = new Linked { Next = person };

        Should.Throw<JsConversionException>(() => own.Runtime.Evaluate<JsFunction>("v => v")!.Invoke(person)).Message.ShouldContain("value[0].next.next");
    }

    [Fact]
    public async Task Evaluate_GeneratedContracts_AreUsedBothWays()
    {
        await using var runtime = await own.NewAsync(new JsRuntimeOptions { JsonOptions = new JsonSerializerOptions { TypeInfoResolver = PointContext.Default } });

        runtime.Evaluate<JsFunction>("p => p.x_of_it + p.Y")!.Invoke(new Point(1, 2)).ShouldBe(3L);
        runtime.Evaluate<Point>("({ x_of_it: 3, Y: 4 })").ShouldBe(new Point(3, 4));
        Should.Throw<JsConversionException>(() => runtime.Evaluate<JsFunction>("p => p")!.Invoke(new Named())).Message.ShouldContain("JsonSerializable(typeof(Named))");
        Should.Throw<JsConversionException>(() => runtime.Evaluate<Named>("({})"));
    }

    [Fact]
    public void Evaluate_Types_AreRead()
    {
        own.Runtime.Evaluate<int>("41 + 1").ShouldBe(42);
        own.Runtime.Evaluate<double>("1").ShouldBe(1.0);
        own.Runtime.Evaluate<decimal>("1.25").ShouldBe(1.25m);
        own.Runtime.Evaluate<long?>("null").ShouldBeNull();
        own.Runtime.Evaluate<BigInteger>("2n ** 70n").ShouldBe(BigInteger.Pow(2, 70));
        own.Runtime.Evaluate<BigInteger>("5").ShouldBe(5);
        own.Runtime.Evaluate<ulong>("2n ** 63n").ShouldBe(1UL << 63);
        own.Runtime.Evaluate<DayOfWeek>("5").ShouldBe(DayOfWeek.Friday);
        own.Runtime.Evaluate<DayOfWeek>("'friday'").ShouldBe(DayOfWeek.Friday);
        own.Runtime.Evaluate<Guid>("'00000000-0000-0000-0000-000000000001'").ShouldBe(Guid.Parse("00000000-0000-0000-0000-000000000001", CultureInfo.InvariantCulture));
        own.Runtime.Evaluate<DateTime>("new Date(0)").ShouldBe(DateTime.UnixEpoch);
        own.Runtime.Evaluate<DateOnly>("'2024-01-02'").ShouldBe(new DateOnly(2024, 1, 2));
        own.Runtime.Evaluate<int[]>("[1, 2]").ShouldBe([1, 2]);
        own.Runtime.Evaluate<double[]>("[1.5, NaN, -Infinity]").ShouldBe([1.5, double.NaN, double.NegativeInfinity]);
        own.Runtime.Evaluate<Dictionary<string, int>>("({ a: 1 })")!["a"].ShouldBe(1);
        own.Runtime.Evaluate<HashSet<int>>("new Set([1, 2])")!.Count.ShouldBe(2);
        own.Runtime.Evaluate<(int, string)>("[1, 'x']").ShouldBe((1, "x"));
        own.Runtime.Evaluate<Person>("({ name: 'Ada', age: 36, children: [] })")!.Age.ShouldBe(36);
        own.Runtime.Evaluate<ReadOnlyMemory<byte>>("new Uint8Array([1])").Length.ShouldBe(1);
        own.Runtime.Evaluate<JsonElement>("({ a: [1, 'x', undefined], b: undefined })").GetRawText().ShouldBe("""{"a":[1,"x",null]}""");
        own.Runtime.Evaluate<JsonNode>("({ a: new Date(0) })")!["a"]!.GetValue<DateTimeOffset>().ShouldBe(DateTimeOffset.UnixEpoch);
        own.Runtime.Evaluate<object>("'x'").ShouldBe("x");
        own.Runtime.Evaluate<string>("undefined").ShouldBeNull();
    }

    [Fact]
    public void Evaluate_ObjectWithFunctionAndBytes_IsReadWhole()
    {
        var handler = own.Runtime.Evaluate<Handler>("({ name: 'h', call: x => x + 1, data: new Uint8Array([1, 2]), list: [() => 5] })")!;

        handler.Call!.Invoke(1).ShouldBe(2L);
        handler.List![0].Invoke().ShouldBe(5L);
        handler.Data.ShouldBe([1, 2]);
        Should.Throw<JsConversionException>(() => own.Runtime.Evaluate<Handler>("({ call: 'x', list: [() => 1] })"));
        Should.Throw<JsConversionException>(() => own.Runtime.Evaluate<Handler>("({ call: 0, list: [() => 1] })"));
    }

    [Theory]
    [InlineData("1.5")]
    [InlineData("2 ** 40")]
    [InlineData("'x'")]
    [InlineData("({})")]
    [InlineData("NaN")]
    public void Evaluate_NoInteger_IsAConversionError(string code) => Should.Throw<JsConversionException>(() => own.Runtime.Evaluate<int>(code)).Message.ShouldContain("Int32");

    private sealed record Wrapper(object? V);

    private sealed record Person(string Name, int Age, IReadOnlyList<Person> Children);

    private sealed class Linked
    {
        public string? Name { get; set; }

        public Linked? Next { get; set; }
    }

    private enum Kind
    {
        Small,
        Large,
    }

    private sealed class Named
    {
        [JsonPropertyName("other")]
        public int Renamed { get; set; }

        [JsonIgnore]
        public int Hidden { get; set; }

        [JsonConverter(typeof(JsonStringEnumConverter))]
        public Kind Kind { get; set; }
    }

    private sealed record Handler(string? Name, JsFunction? Call, byte[]? Data, List<JsFunction>? List);

    internal sealed record Point([property: JsonPropertyName("x_of_it")] int X, int Y);

    [JsonSerializable(typeof(Point))]
    private sealed partial class PointContext : JsonSerializerContext;
}
