using System.Collections.Immutable;
using System.Dynamic;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using JsRun.Hosting.Tests.Values.RoundTrips;

namespace JsRun.Hosting.Tests.Values;

/// <summary>Objects on their way into JavaScript are what their JSON contract makes of them.</summary>
public sealed partial class ContractTests(OwnRuntime own) : IClassFixture<OwnRuntime>
{
    private const string Stringify = "v => JSON.stringify(v, (k, x) => x instanceof Map ? ['map', ...x] : typeof x === 'bigint' ? x + 'n' : x)";

    public static TheoryData<object> Declared =>
    [
        new Page(),
        new List<User> { new Admin() },
        new User[] { new Admin() },
        new Dictionary<string, User> { ["a"] = new Admin() },
        new Holder<object>(new Admin()),
        new Holder<IEnumerable<User>>(new List<Admin> { new() }),
        new Holder<IReadOnlyList<User>>(ImmutableArray.Create<User>(new Admin())),
        new Holder<IUser>(new Admin()),
        new Holder<User?>(null),
        new List<Pet> { new Dog("w"), new Cat(9) },
        new Holder<Pet>(new Dog("w")),
        new Dog("w"),
        new Home { Pet = new Dog("w") },
        new Holder<Shape>(new RoundedSquare()),
        new Numbers(),
        new Ordered(),
        new Extended { Extra = new Dictionary<string, object?> { ["x"] = 1 } },
        new Called(),
    ];

    [Theory]
    [MemberData(nameof(Declared))]
    public void Invoke_Object_IsWhatSystemTextJsonMakesOfIt(object value)
    {
        var expected = JsonSerializer.Serialize(value, JsonSerializerOptions.Web);

        own.Runtime.Evaluate<JsFunction>(Stringify)!.Invoke([value]).ShouldBe(expected);
        own.Runtime.Evaluate<JsFunction>(Stringify)!.Invoke([new object[] { value }]).ShouldBe($"[{expected}]");
    }

    [Fact]
    public void Invoke_ExtensionDataOfAnyKind_AreMembers()
    {
        var show = own.Runtime.Evaluate<JsFunction>(Stringify)!;

        show.Invoke(new ExtendedByNodes { Extra = new JsonObject { ["x"] = 1 } }).ShouldBe("""{"x":1}""");
        show.Invoke(new ExtendedByElements { Extra = new() { ["x"] = JsonElement.Parse("[1]") } }).ShouldBe("""{"x":[1]}""");
    }

    [Fact]
    public async Task HostFunction_DeclaredResult_HidesWhatIsNotOfIt()
    {
        await using var runtime = await own.NewAsync();
        runtime.BindFunction("user", User () => new Admin());
        runtime.BindFunction("userLater", async Task<User> () =>
        {
            await Task.Yield();
            return new Admin();
        });
        runtime.BindFunction("userSoon", ValueTask<User> () => new(new Admin()));
        runtime.BindFunction("users", IEnumerable<User> () => [new Admin()]);
        runtime.BindFunction("anything", object () => new Admin());
        runtime.BindFunction("read", (Func<JsHostCall, User>)(_ => new Admin()));
        runtime.BindFunction("rows", Rows);
        runtime.BindObject("store", new Store());

        (await runtime.EvaluateAsync<string>("""
            (async () => {
              const list = [];
              for await (const row of globalThis.rows()) list.push(row);
              return JSON.stringify([user(), await userLater(), await userSoon(), users(), anything(), read(), list, store.get(), await store.later(), store.current]);
            })()
            """)).ShouldBe("""[{"name":"n"},{"name":"n"},{"name":"n"},[{"name":"n"}],{"passwordHash":"hash","name":"n"},{"name":"n"},[{"name":"n"}],{"name":"n"},{"name":"n"},{"name":"n"}]""");

        static async IAsyncEnumerable<User> Rows()
        {
            await Task.Yield();
            yield return new Admin();
        }
    }

    [Fact]
    public async Task JsonOptions_MadeInTheOrdinaryWay_Work()
    {
        await using var runtime = await own.NewAsync(new JsRuntimeOptions { JsonOptions = new JsonSerializerOptions(JsonSerializerDefaults.Web) { Converters = { new JsonStringEnumConverter() } } });
        runtime.BindFunction("day", (Holder<DayOfWeek> d) => d);

        runtime.Evaluate<JsFunction>(Stringify)!.Invoke(new Holder<DayOfWeek>(DayOfWeek.Friday)).ShouldBe("""{"value":"Friday"}""");
        runtime.Evaluate<Holder<DayOfWeek>>("({ value: 'Friday' })")!.Value.ShouldBe(DayOfWeek.Friday);
        runtime.Evaluate("day({ value: 'Monday' }).value").ShouldBe("Monday");
    }

    [Theory]
    [InlineData(JsonIgnoreCondition.WhenWritingNull)]
    [InlineData(JsonIgnoreCondition.WhenWritingDefault)]
    [InlineData(JsonIgnoreCondition.Never)]
    public async Task JsonOptions_IgnoreConditions_AreFollowed(JsonIgnoreCondition condition)
    {
        var json = new JsonSerializerOptions(JsonSerializerDefaults.Web) { DefaultIgnoreCondition = condition, IgnoreReadOnlyProperties = true };
        await using var runtime = await own.NewAsync(new JsRuntimeOptions { JsonOptions = json });
        var value = new Conditions();

        runtime.Evaluate<JsFunction>(Stringify)!.Invoke(value).ShouldBe(JsonSerializer.Serialize(value, json));
    }

    [Fact]
    public async Task JsonOptions_IgnoreCycles_MakesThemNull()
    {
        var json = new JsonSerializerOptions(JsonSerializerDefaults.Web) { ReferenceHandler = ReferenceHandler.IgnoreCycles };
        await using var runtime = await own.NewAsync(new JsRuntimeOptions { JsonOptions = json });
        var node = new Node();
        node.Next = node;
        node.All = [new Node { Next = node }, node];
        var list = new List<object>();
        list.Add(list);

        runtime.Evaluate<JsFunction>(Stringify)!.Invoke(node).ShouldBe(JsonSerializer.Serialize(node, json));
        runtime.Evaluate<JsFunction>(Stringify)!.Invoke([list]).ShouldBe("[null]");
        Should.Throw<JsConversionException>(() => own.Runtime.Evaluate<JsFunction>(Stringify)!.Invoke(node)).Message.ShouldContain("value[0].next");
    }

    [Fact]
    public async Task JsonOptions_Converters_AreUsedForEveryValueOfTheirType()
    {
        var json = new JsonSerializerOptions(JsonSerializerDefaults.Web) { Converters = { new CentsConverter() }, NumberHandling = JsonNumberHandling.WriteAsString | JsonNumberHandling.AllowReadingFromString };
        await using var runtime = await own.NewAsync(new JsRuntimeOptions { JsonOptions = json });
        runtime.BindFunction("pay", (decimal amount) => amount + 1);

        runtime.Evaluate<JsFunction>(Stringify)!.Invoke([new { Amount = 1.5m, Amounts = new[] { 2m }, Count = 3, Counts = new[] { 4 } }]).ShouldBe("""{"amount":150,"amounts":[200],"count":"3","counts":["4"]}""");
        runtime.Evaluate<Holder<decimal>>("({ value: 150 })")!.Value.ShouldBe(1.5m);
        runtime.Evaluate<decimal>("150").ShouldBe(1.5m);
    }

    [Theory]
    [InlineData(JsonUnknownDerivedTypeHandling.FallBackToBaseType)]
    [InlineData(JsonUnknownDerivedTypeHandling.FallBackToNearestAncestor)]
    public async Task JsonOptions_UnknownDerivedType_IsHandledAsTheContractSays(JsonUnknownDerivedTypeHandling handling)
    {
        var json = new JsonSerializerOptions(JsonSerializerDefaults.Web)
        {
            TypeInfoResolver = new DefaultJsonTypeInfoResolver
            {
                Modifiers = { contract => contract.PolymorphismOptions = contract.Type == typeof(User) ? new() { UnknownDerivedTypeHandling = handling, DerivedTypes = { new(typeof(Admin), "admin") } } : contract.PolymorphismOptions },
            },
        };
        await using var runtime = await own.NewAsync(new JsRuntimeOptions { JsonOptions = json });
        var value = new Holder<User[]>([new User(), new Admin(), new Root()]);

        runtime.Evaluate<JsFunction>(Stringify)!.Invoke(value).ShouldBe(JsonSerializer.Serialize(value, json));
    }

    [Fact]
    public void PolymorphicType_NotOneOfItsTypes_IsRefusedWithItsPlace() =>
        Should.Throw<JsConversionException>(() => own.Runtime.Evaluate<JsFunction>(Stringify)!.Invoke(new Holder<Pet>(new Fish()))).Message.ShouldMatch(@"value\[0\]\.value.*JsonDerivedType\(typeof\(Fish\)\)");

    [Fact]
    public void PolymorphicMember_DateAndFunction_StayWhatTheyAre()
    {
        var wild = new Wild(DateTimeOffset.UnixEpoch, () => 5);

        own.Runtime.Evaluate<JsFunction>("h => h.value.kind + h.value.at.toISOString() + h.value.call()")!.Invoke(new Holder<Creature>(wild)).ShouldBe("wild1970-01-01T00:00:00.000Z5");
    }

    [Fact]
    public void Dictionary_GenericInterfaceOnly_IsAnObjectOrAMap()
    {
        dynamic expando = new ExpandoObject();
        expando.a = 1;
        expando.call = (Func<int>)(() => 2);
        var show = own.Runtime.Evaluate<JsFunction>(Stringify)!;

        show.Invoke([(object)expando]).ShouldBe("""{"a":1}""");
        own.Runtime.Evaluate<JsFunction>("v => v.call()")!.Invoke([(object)expando]).ShouldBe(2L);
        show.Invoke([new Entries<string> { ["a"] = 1 }]).ShouldBe("""{"a":1}""");
        show.Invoke([new Entries<int> { [1] = 2 }]).ShouldBe("""["map",[1,2]]""");
        show.Invoke([new Dictionary<object, object> { ["a"] = 1 }]).ShouldBe("""{"a":1}""");
        show.Invoke([new Dictionary<object, object> { [1] = 1 }]).ShouldBe("""["map",[1,1]]""");
        own.Runtime.SetGlobal("expando", expando);
        own.Runtime.Evaluate("expando.a + expando.call()").ShouldBe(3L);
    }

    [Theory]
    [InlineData("2024-12-31T23:59:59.9999999Z", "2024-12-31T23:59:59.999Z")]
    [InlineData("1969-12-31T23:59:59.9999999Z", "1969-12-31T23:59:59.999Z")]
    [InlineData("1900-01-01T00:00:00.0009999Z", "1900-01-01T00:00:00.000Z")]
    [InlineData("9999-12-31T23:59:59.9999999Z", "9999-12-31T23:59:59.999Z")]
    [InlineData("0001-01-01T00:00:00.0000000Z", "0001-01-01T00:00:00.000Z")]
    public void Date_Microseconds_AreTruncatedAsInJson(string date, string expected)
    {
        var value = DateTimeOffset.Parse(date, System.Globalization.CultureInfo.InvariantCulture);
        var show = own.Runtime.Evaluate<JsFunction>("v => v.toISOString()")!;

        show.Invoke(value).ShouldBe(expected);
        show.Invoke(value.UtcDateTime).ShouldBe(expected);
        own.Runtime.Evaluate<JsFunction>("v => v.value.toISOString()")!.Invoke(new Holder<DateTime?>(value.UtcDateTime)).ShouldBe(expected);
        own.Runtime.Evaluate<JsFunction>("v => v")!.Invoke<DateTimeOffset>(value).ShouldBe(DateTimeOffset.Parse(expected, System.Globalization.CultureInfo.InvariantCulture));
        show.Invoke(DateTime.SpecifyKind(DateTime.MinValue, DateTimeKind.Local)).ShouldBeOfType<string>().ShouldStartWith("0001-01-01");
    }

    [Theory]
    [InlineData("12345678901234567.89", "12345678901234568")]
    [InlineData("0.1234567890123456789", "0.12345678901234568")]
    [InlineData("79228162514264337593543950335", "7.922816251426434e+28")]
    public void Decimal_MoreDigitsThanANumber_IsTheNearestNumber(string value, string expected) =>
        own.Runtime.Evaluate<JsFunction>("v => String(v)")!.Invoke(decimal.Parse(value, System.Globalization.CultureInfo.InvariantCulture)).ShouldBe(expected);

    public static TheoryData<object, string> Refused => new()
    {
        { new Holder<int[,]>(new[,] { { 1 } }), "value[0].value, a System.Int32[,]: an array of several dimensions" },
        { new Holder<object>(default(ImmutableArray<int>)), "value[0].value: reading it threw" },
        { new Throwing(), "value[0].secret: reading it threw InvalidOperationException" },
        { new Holder<IEnumerable<int>>(ThrowingItems()), "value[0].value: reading it threw InvalidOperationException" },
        { new List<object> { new CancellationToken(canceled: true) }, "value[0][0], a System.Threading.CancellationToken: a token is not a value. To cancel a call, pass the arguments as a collection and name the token: Invoke([…], cancellationToken: token)" },
        { new List<object> { new JsInvokeOptions() }, "no equal in JavaScript" },
        { new List<object> { Task.CompletedTask }, "no equal in JavaScript" },
    };

    [Theory]
    [MemberData(nameof(Refused))]
    public async Task Invoke_CannotBeRead_SaysWhereAndNothingThatTheHostSaid(object value, string message)
    {
        var show = own.Runtime.Evaluate<JsFunction>(Stringify)!;
        own.Runtime.BindFunction("get", () => value);
        own.Runtime.BindFunction("getLater", async () =>
        {
            await Task.Yield();
            return value;
        });

        var error = Should.Throw<JsConversionException>(() => show.Invoke([value]));
        error.Message.ShouldContain(message);
        error.Message.ShouldNotContain("the host's words");
        (await Should.ThrowAsync<JsConversionException>(async () => await show.InvokeAsync([value]))).Message.ShouldContain(message);
        var seen = own.Runtime.Evaluate<string>("try { get() } catch (e) { e.name + ': ' + e.message }")!;
        seen.ShouldStartWith("TypeError: Cannot convert value");
        seen.ShouldNotContain("the host's words");
        (await own.Runtime.EvaluateAsync<string>("getLater().catch((e) => e.name + ': ' + e.message)"))!.ShouldBe(seen);
    }

    [Fact]
    public void Invoke_TokenAsAnArgument_SaysWhereItGoes()
    {
        using var cancellation = new CancellationTokenSource();

        Should.Throw<JsConversionException>(() => own.Runtime.Evaluate<JsFunction>("() => 1")!.Invoke(1, cancellation.Token)).Message.ShouldContain("value[1], a System.Threading.CancellationToken: a token is not a value. To cancel a call, pass the arguments as a collection and name the token: Invoke([…], cancellationToken: token).");
    }

    [Fact]
    public void Exception_Sent_IsAnErrorWithItsMessage()
    {
        var show = own.Runtime.Evaluate<JsFunction>("e => [e instanceof Error, e.name, e.message, e.cause?.message, e.errors?.length, Object.keys(e).join()].join('|')")!;
        Exception thrown;
        try
        {
            throw new InvalidOperationException("outer", new IOException("inner"));
        }
        catch (InvalidOperationException e)
        {
            thrown = e;
        }

        show.Invoke(thrown).ShouldBe("true|InvalidOperationException|outer|inner||");
        show.Invoke(new JsHostException("no") { Code = "not-found" }).ShouldBe("true|JsHostException|no|||code");
        own.Runtime.Evaluate<JsFunction>("h => h.value instanceof Error && h.value.message")!.Invoke(new Holder<Exception>(thrown)).ShouldBe("outer");
        show.Invoke(new AggregateException(new IOException("a"), new IOException("b"))).ShouldBeOfType<string>().ShouldContain("|2|");
        show.Invoke(Should.Throw<JavaScriptException>(() => own.Runtime.Evaluate("throw new RangeError('far')"))).ShouldBe("true|RangeError|far|||");
    }

    private static IEnumerable<int> ThrowingItems()
    {
        yield return 1;
        throw new InvalidOperationException("the host's words");
    }
}
