using System.Globalization;
using System.Numerics;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using JsRun.Hosting.Tests.Values.RoundTrips;

namespace JsRun.Hosting.Tests.Values;

/// <summary>JavaScript's values as types of .NET: as results, and as parameters of host functions, which follow the same rules.</summary>
public sealed class ReadTypeTests(OwnRuntime own) : IClassFixture<OwnRuntime>
{
    [Theory]
    [InlineData("12345678901234.56", "12345678901234.56")]
    [InlineData("9007199254740992", "9007199254740992")]
    [InlineData("9999999999999998", "9999999999999998")]
    [InlineData("0.1", "0.1")]
    [InlineData("-0.30000000000000004", "-0.30000000000000004")]
    [InlineData("7e28", "70000000000000000000000000000")]
    [InlineData("1e-7", "0.0000001")]
    public async Task Decimal_Number_KeepsEveryDigit(string number, string expected)
    {
        var exact = decimal.Parse(expected, CultureInfo.InvariantCulture);
        own.Runtime.BindFunction("pay", (decimal amount) => amount.ToString(CultureInfo.InvariantCulture));
        own.Runtime.BindFunction("payAll", (decimal?[] amounts) => amounts[0]!.Value.ToString(CultureInfo.InvariantCulture));

        own.Runtime.Evaluate<decimal>(number).ShouldBe(exact);
        (await own.Runtime.EvaluateAsync<decimal?>($"Promise.resolve({number})")).ShouldBe(exact);
        own.Runtime.Evaluate($"pay({number})").ShouldBe(expected);
        own.Runtime.Evaluate($"payAll([{number}])").ShouldBe(expected);
        own.Runtime.Evaluate<Holder<decimal>>($"({{ value: {number} }})")!.Value.ShouldBe(exact);
        own.Runtime.Evaluate<JsFunction>("(a, b) => a === b")!.Invoke(exact, own.Runtime.Evaluate(number)).ShouldBe(true);
    }

    [Theory]
    [InlineData("1e29")]
    [InlineData("NaN")]
    [InlineData("Infinity")]
    public void Decimal_DoesNotFit_IsRefused(string number)
    {
        own.Runtime.BindFunction("pay", (decimal amount) => 1);

        Should.Throw<JsConversionException>(() => own.Runtime.Evaluate<decimal>(number)).Message.ShouldContain("System.Decimal");
        own.Runtime.Evaluate($"try {{ pay({number}) }} catch (e) {{ e.name + e.message }}").ShouldBeOfType<string>().ShouldStartWith("TypeErrorpay: argument 1 (amount): the number");
    }

    [Theory]
    [InlineData("3.5e38")]
    [InlineData("-1e300")]
    [InlineData("10n ** 39n")]
    public void Single_DoesNotFit_IsRefused(string number)
    {
        own.Runtime.BindFunction("scale", (float by) => 1);
        own.Runtime.BindFunction("scaleHalf", (Half by) => 1);

        Should.Throw<JsConversionException>(() => own.Runtime.Evaluate<float>(number)).Message.ShouldContain("System.Single");
        Should.Throw<JsConversionException>(() => own.Runtime.Evaluate<Half>(number)).Message.ShouldContain("System.Half");
        own.Runtime.Evaluate($"try {{ scale({number}) }} catch (e) {{ e.name }}").ShouldBe("TypeError");
        own.Runtime.Evaluate($"try {{ scaleHalf({number}) }} catch (e) {{ e.name }}").ShouldBe("TypeError");
    }

    [Fact]
    public void Single_Infinity_IsInfinity()
    {
        own.Runtime.Evaluate<float>("-Infinity").ShouldBe(float.NegativeInfinity);
        own.Runtime.Evaluate<Half>("Infinity").ShouldBe(Half.PositiveInfinity);
        own.Runtime.Evaluate<float>("NaN").ShouldBe(float.NaN);
        Should.Throw<JsConversionException>(() => own.Runtime.Evaluate<double>("10n ** 400n"));
    }

    [Theory]
    [InlineData("4294967301", "4294967301")]
    [InlineData("3", "3")]
    [InlineData("-1", "-1")]
    [InlineData("5.5", "5.5")]
    [InlineData("2 ** 70", "1.1805916207174113E+21")]
    [InlineData("'Purple'", "'Purple'")]
    [InlineData("'5'", "'5'")]
    [InlineData("''", "''")]
    public void Enum_NotDefined_IsRefusedEverywhere(string code, string shown)
    {
        own.Runtime.BindFunction("paint", (Color color) => 1);
        own.Runtime.BindFunction("paintAll", (Holder<Color[]> all) => 1);
        var message = $"{shown} is not one of Color: Red, Green.";

        Should.Throw<JsConversionException>(() => own.Runtime.Evaluate<Color>(code)).Message.ShouldEndWith(message);
        Should.Throw<JsConversionException>(() => own.Runtime.Evaluate<Color?>(code)).Message.ShouldEndWith(message);
        Should.Throw<JsConversionException>(() => own.Runtime.Evaluate<Holder<Color>>($"({{ value: {code} }})")).Message.ShouldContain($"{message} Path: $.value");
        own.Runtime.Evaluate($"try {{ paint({code}) }} catch (e) {{ `${{e.name}} ${{e.message}}` }}").ShouldBeOfType<string>().ShouldMatch($"^TypeError paint: argument 1 \\(color\\): .*{System.Text.RegularExpressions.Regex.Escape(message)}$");
        own.Runtime.Evaluate($"try {{ paintAll({{ value: ['Red', {code}] }}) }} catch (e) {{ `${{e.name}} ${{e.message}}` }}").ShouldBeOfType<string>().ShouldMatch(@"^TypeError paintAll: argument 1 \(all\): .* Path: \$\.value\[1\]\.$");
    }

    [Fact]
    public void Enum_NumberOrName_IsThatEverywhere()
    {
        own.Runtime.BindFunction("paint", (Color color) => color.ToString());

        own.Runtime.Evaluate<Color>("5").ShouldBe(Color.Green);
        own.Runtime.Evaluate<Color>("'green'").ShouldBe(Color.Green);
        own.Runtime.Evaluate("paint('Green') + paint(0)").ShouldBe("GreenRed");
        own.Runtime.Evaluate<Holder<Color[]>>("({ value: [5, 'red'] })")!.Value.ShouldBe([Color.Green, Color.Red]);
        own.Runtime.Evaluate<Dictionary<Color, int>>("({ Green: 1 })")!.Keys.ShouldBe([Color.Green]);
        own.Runtime.Evaluate<Flags>("3").ShouldBe(Flags.A | Flags.B);
        own.Runtime.Evaluate<Flags>("'A, B'").ShouldBe(Flags.A | Flags.B);
        Should.Throw<JsConversionException>(() => own.Runtime.Evaluate<Flags>("8"));
        own.Runtime.Evaluate<Small>("255").ShouldBe(Small.Last);
        Should.Throw<JsConversionException>(() => own.Runtime.Evaluate<Small>("256"));
        Should.Throw<JsConversionException>(() => own.Runtime.Evaluate<Small>("-1"));
        own.Runtime.Evaluate<Large>("9007199254740993n").ShouldBe(Large.Id);
        own.Runtime.Evaluate<JsFunction>("v => typeof v + v")!.Invoke(Large.Id).ShouldBe("bigint9007199254740993");
    }

    [Fact]
    public async Task Enum_NamesOfTheContract_AreReadBothWays()
    {
        await using var runtime = await own.NewAsync(new JsRuntimeOptions { JsonOptions = new JsonSerializerOptions(JsonSerializerDefaults.Web) { Converters = { new JsonStringEnumConverter(JsonNamingPolicy.KebabCaseUpper) } } });

        runtime.Evaluate<JsFunction>("v => v")!.Invoke(Color.Green).ShouldBe("GREEN");
        runtime.Evaluate<Holder<Spelled>>("({ value: 'DARK-RED' })")!.Value.ShouldBe(Spelled.DarkRed);
        runtime.Evaluate<Spelled>("'DARK-RED'").ShouldBe(Spelled.DarkRed);
    }

    [Theory]
    [InlineData("(() => 1)")]
    [InlineData("({ text() {} }).text")]
    [InlineData("new ReadableStream()")]
    public void Handle_WhereTextIsWanted_IsRefused(string code)
    {
        own.Runtime.BindFunction("save", (Note note) => note.Text);
        own.Runtime.BindFunction("saveText", (string text) => text);

        Should.Throw<JsConversionException>(() => own.Runtime.Evaluate<string>(code)).Message.ShouldContain("cannot be read as System.String");
        Should.Throw<JsConversionException>(() => own.Runtime.Evaluate<Uri>(code));
        Should.Throw<JsConversionException>(() => own.Runtime.Evaluate<Dictionary<string, string>>(code));
        Should.Throw<JsConversionException>(() => own.Runtime.Evaluate<List<string>>(code));
        Should.Throw<JsConversionException>(() => own.Runtime.Evaluate<List<object>>(code));
        Should.Throw<JsConversionException>(() => own.Runtime.Evaluate<Note>(code));
        Should.Throw<JsConversionException>(() => own.Runtime.Evaluate<bool>(code));
        Should.Throw<JsConversionException>(() => own.Runtime.Evaluate<Note>($"({{ Text: {code} }})")).Message.ShouldContain("$.Text");
        own.Runtime.Evaluate($"try {{ save({{ text: {code} }}) }} catch (e) {{ e.name }}").ShouldBe("TypeError");
        own.Runtime.Evaluate($"try {{ saveText({code}) }} catch (e) {{ e.name }}").ShouldBe("TypeError");
    }

    [Theory]
    [InlineData("(() => 1)", "value is a function or a stream")]
    [InlineData("({ a: [1, { f() {} }] })", "value.a[1].f is a function or a stream")]
    [InlineData("new Map([['k', new ReadableStream()]])", "value.get(k) is a function or a stream")]
    public void Handle_WhereJsonIsWanted_IsRefusedWithItsPlace(string code, string message)
    {
        Should.Throw<JsConversionException>(() => own.Runtime.Evaluate<JsonElement>(code)).Message.ShouldContain(message);
        Should.Throw<JsConversionException>(() => own.Runtime.Evaluate<JsonNode>(code)).Message.ShouldContain(message);
        Should.Throw<JsConversionException>(() => own.Runtime.Evaluate<Holder<JsonElement>>($"({{ value: {code} }})")).Message.ShouldContain("$.value");
        Should.Throw<JsConversionException>(() => own.Runtime.Evaluate<Holder<JsonNode>>($"({{ value: {code} }})")).Message.ShouldContain("$.value");
        Should.Throw<JsConversionException>(() => own.Runtime.Evaluate<JsonObject[]>($"[{{ v: {code} }}]"));
        Should.Throw<JsConversionException>(() => own.Runtime.Evaluate<JsonDocument>(code));
    }

    [Fact]
    public void Handle_MemberThatIsNotRead_IsIgnored() => own.Runtime.Evaluate<Note>("({ text: 'x', save() {} })")!.Text.ShouldBe("x");

    [Fact]
    public async Task Handle_ConverterThatCopiesTheText_StillReadsIt()
    {
        await using var runtime = await own.NewAsync(new JsRuntimeOptions { JsonOptions = new JsonSerializerOptions(JsonSerializerDefaults.Web) { Converters = { new CopyingConverter() } } });

        var copied = runtime.Evaluate<Copied>("({ call: () => 5, any: { list: [1, 'x', () => 6], date: new Date(0) } })")!;

        copied.Inner.Call!.Invoke().ShouldBe(5L);
        var list = (List<object?>)((Dictionary<string, object?>)copied.Inner.Any!)["list"]!;
        list[0].ShouldBe(1L);
        ((JsFunction)list[2]!).Invoke().ShouldBe(6L);
    }

    [Theory]
    [InlineData("[1, 'a', null, true, 1.5, 2n ** 70n, new Date(5), NaN, undefined]")]
    [InlineData("[new Uint8Array([1]), new Uint8Array(), new Float32Array([1.5]), new Map([[1, 'a']]), new Set([1, 'a']), [1, [2]], { a: { b: 'AAAA' } }, new TypeError('no')]")]
    public void Object_WhateverHoldsIt_IsTheSame(string items)
    {
        var expected = (List<object?>)own.Runtime.Evaluate(items)!;
        object?[]? parameter = null;
        own.Runtime.BindFunction("query", (string sql, object?[]? values) => { parameter = values; });

        own.Runtime.Evaluate($"query('select', {items})");

        new List<object?>(parameter!).ShouldBeExactly(expected, "object?[] as a parameter");
        new List<object?>(own.Runtime.Evaluate<object?[]>(items)!).ShouldBeExactly(expected, "object?[] as a result");
        own.Runtime.Evaluate<List<object?>>($"new Set({items})")!.ShouldBeExactly(expected, "of a Set");
        new List<object?>(own.Runtime.Evaluate<Holder<object?[]>>($"({{ value: {items} }})")!.Value).ShouldBeExactly(expected, "object?[] as a member");
        new List<object?>(own.Runtime.Evaluate<Holder<IEnumerable<object?>>>($"({{ value: {items} }})")!.Value).ShouldBeExactly(expected, "a sequence as a member");
        own.Runtime.Evaluate<Dictionary<string, object?>[]>($"[{{ value: {items} }}]")![0]["value"].ShouldBeExactly(expected, "in a dictionary");
        own.Runtime.Evaluate<(int, object?)>($"[1, {items}]").Item2.ShouldBeExactly(expected, "in a tuple");
    }

    [Fact]
    public void Map_KeysThatAreNotNames_IsADictionary()
    {
        var identity = own.Runtime.Evaluate<JsFunction>("v => v")!;

        identity.Invoke<Dictionary<int, string>>(new Dictionary<int, string> { [1] = "a" })!.ShouldBe(new Dictionary<int, string> { [1] = "a" });
        own.Runtime.Evaluate<Holder<SortedDictionary<long, bool>>>("({ value: new Map([[1, true]]) })")!.Value[1].ShouldBeTrue();
        own.Runtime.Evaluate<JsonNode>("new Map([[1, 'a']])")!.ToJsonString().ShouldBe("""{"1":"a"}""");
        own.Runtime.Evaluate<JsonNode>("new Map([[1, 'a'], ['1', 'b']])")!.ToJsonString().ShouldBe("""[[1,"a"],["1","b"]]""");
        own.Runtime.Evaluate<JsonNode>("new Map([[{}, 'a']])")!.ToJsonString().ShouldBe("""[[{},"a"]]""");
    }

    [Fact]
    public void Error_AsAnException_KeepsItsMessage()
    {
        string? message = null;
        own.Runtime.BindFunction("onError", (Exception e) => { message = e.Message; });

        own.Runtime.Evaluate("onError(new TypeError('no'))");

        message.ShouldBe("TypeError: no");
        own.Runtime.Evaluate<JavaScriptException>("new RangeError('far', { cause: new Error('why') })")!.Cause!.JsMessage.ShouldBe("why");
        own.Runtime.Evaluate<Holder<Exception>>("({ value: new Error('in') })")!.Value.Message.ShouldBe("Error: in");
    }

    [Fact]
    public void Type_ThatThrows_IsAConversionErrorThatTellsTheScriptNothing()
    {
        own.Runtime.BindFunction("grow", (Picky picky) => 1);

        Should.Throw<JsConversionException>(() => own.Runtime.Evaluate<Picky>("({ age: -1 })")).InnerException.ShouldBeOfType<ArgumentOutOfRangeException>();
        own.Runtime.Evaluate("try { grow({ age: -1 }) } catch (e) { e.name + ' ' + e.message }").ShouldBeOfType<string>().ShouldBe("TypeError grow: argument 1 (picky): JavaScript's object cannot be read as JsRun.Hosting.Tests.Values.ReadTypeTests+Picky: it threw ArgumentOutOfRangeException.");
    }

    [Fact]
    public void DateTime_AsAMember_IsUtcAsAResultIs()
    {
        own.Runtime.Evaluate<Holder<DateTime>>("({ value: new Date(0) })")!.Value.ShouldSatisfyAllConditions(d => d.Kind.ShouldBe(DateTimeKind.Utc), d => d.ShouldBe(DateTime.UnixEpoch));
        own.Runtime.Evaluate<Holder<DateOnly>>("({ value: new Date(0) })")!.Value.ShouldBe(new DateOnly(1970, 1, 1));
        own.Runtime.Evaluate<Holder<BigInteger>>("({ value: 2n ** 70n })")!.Value.ShouldBe(BigInteger.Pow(2, 70));
        own.Runtime.Evaluate<Holder<(int, string)>>("({ value: [1, 'x'] })")!.Value.ShouldBe((1, "x"));
    }

    internal enum Color
    {
        Red,
        Green = 5,
    }

    internal enum Spelled
    {
        Red,
        DarkRed,
    }

    internal enum Small : byte
    {
        First,
        Last = 255,
    }

    internal enum Large : long
    {
        None,
        Id = 9007199254740993,
    }

    [Flags]
    internal enum Flags
    {
        None,
        A,
        B,
        C = 4,
    }

    internal sealed class Note
    {
        public string? Text { get; set; }
    }

    internal sealed record Copied(Inner Inner);

    internal sealed record Inner(JsFunction? Call, object? Any);

    internal sealed class Picky
    {
        private int _age;

        public int Age
        {
            get => _age;
            set => _age = value >= 0 ? value : throw new ArgumentOutOfRangeException(nameof(value), "secret");
        }
    }

    private sealed class CopyingConverter : JsonConverter<Copied>
    {
        public override Copied Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => new(JsonElement.ParseValue(ref reader).Deserialize<Inner>(options)!);

        public override void Write(Utf8JsonWriter writer, Copied value, JsonSerializerOptions options) => throw new NotSupportedException();
    }
}
