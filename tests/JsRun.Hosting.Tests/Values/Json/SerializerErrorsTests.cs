using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using JsRun.Hosting.Tests.Faults;

namespace JsRun.Hosting.Tests.Values.Json;

public sealed class SerializerErrorsTests(OwnRuntime own) : IClassFixture<OwnRuntime>
{
    private const string Catch = "try { f({ number: 1 }) } catch (e) { `${e.name} ${e.code} ${e.message}` }";

    private static Exception Create(string name) => name switch
    {
        nameof(InvalidOperationException) => new InvalidOperationException(HostFaults.Secret),
        nameof(NotSupportedException) => new NotSupportedException(HostFaults.Secret),
        nameof(JsonException) => new JsonException(HostFaults.Secret),
        nameof(ObjectDisposedException) => new ObjectDisposedException(HostFaults.Secret),
        nameof(FormatException) => new FormatException(HostFaults.Secret),
        _ => throw new ArgumentException($"No exception '{name}' is known.", nameof(name)),
    };

    [Theory]
    [InlineData(nameof(InvalidOperationException))]
    [InlineData(nameof(NotSupportedException))]
    [InlineData(nameof(JsonException))]
    [InlineData(nameof(FormatException))]
    public async Task Converter_OfAResultThrows_HidesItsMessageUnlessExposed(string fault)
    {
        await using var hidden = await NewAsync(fault, expose: false);
        await using var exposed = await NewAsync(fault, expose: true);
        foreach (var runtime in new[] { hidden, exposed })
        {
            runtime.BindFunction("f", () => new FaultyValue(1));
            runtime.BindFunction("g", () => new List<FaultyValue> { new(1) });
        }

        var text = hidden.Evaluate<string>(Catch).ShouldNotBeNull();
        text.ShouldStartWith("TypeError conversion Cannot convert ");
        text.ShouldEndWith($": reading it threw {fault}");
        var nested = hidden.Evaluate<string>("try { g() } catch (e) { e.message + e.stack + e.cause }").ShouldNotBeNull();
        nested.ShouldContain($": reading it threw {fault}");
        nested.ShouldNotContain(HostFaults.Secret);
        exposed.Evaluate<string>(Catch).ShouldNotBeNull().ShouldContain($": reading it threw {fault} {HostFaults.Secret}");
    }

    [Theory]
    [InlineData(nameof(InvalidOperationException))]
    [InlineData(nameof(NotSupportedException))]
    [InlineData(nameof(FormatException))]
    public async Task Converter_OfAParameterThrows_HidesItsMessageUnlessExposed(string fault)
    {
        await using var hidden = await NewAsync(fault, expose: false);
        await using var exposed = await NewAsync(fault, expose: true);
        hidden.BindFunction("f", (FaultyValue v) => v.Number);
        exposed.BindFunction("f", (FaultyValue v) => v.Number);

        var text = hidden.Evaluate<string>(Catch).ShouldNotBeNull();
        text.ShouldStartWith("TypeError conversion f: argument 1");
        text.ShouldEndWith($": it threw {fault}.");
        exposed.Evaluate<string>(Catch).ShouldNotBeNull().ShouldContain($": it threw {fault}. {HostFaults.Secret}");
    }

    [Theory]
    [InlineData(nameof(InvalidOperationException))]
    [InlineData(nameof(NotSupportedException))]
    [InlineData(nameof(JsonException))]
    public async Task Converter_OfAnArgumentThrows_IsTheCauseForTheHostAlone(string fault)
    {
        await using var runtime = await NewAsync(fault, expose: false);
        using var identity = runtime.Evaluate<JsFunction>("value => value")!;

        var invoked = Should.Throw<JsConversionException>(() => identity.Invoke(new FaultyValue(1)));
        var set = Should.Throw<JsConversionException>(() => runtime.SetGlobal("value", new FaultyValue(1)));
        runtime.BindFunction("f", object? () => identity.Invoke(new FaultyValue(1)));
        var told = runtime.Evaluate<string>("try { f() } catch (e) { e.message + e.stack + e.cause }").ShouldNotBeNull();

        foreach (var error in new[] { invoked, set })
        {
            error.Message.ShouldEndWith($": reading it threw {fault}");
            error.InnerException.ShouldNotBeNull().GetType().Name.ShouldBe(fault);
        }

        told.ShouldContain($": reading it threw {fault}");
        told.ShouldNotContain(HostFaults.Secret);
        runtime.Evaluate("1 + 1").ShouldBe(2L);
    }

    [Fact]
    public async Task Converter_OfADisposedThing_HidesItsMessage()
    {
        await using var runtime = await NewAsync(nameof(ObjectDisposedException), expose: false);
        runtime.BindFunction("f", () => new FaultyValue(1));

        runtime.Evaluate<string>(Catch).ShouldNotBeNull().ShouldNotContain(HostFaults.Secret);
    }

    // What the serializer itself says of a value tells the host's secrets to nobody, and helps.
    [Fact]
    public async Task Serializer_HasNoContract_SaysSo()
    {
        await using var runtime = await own.NewAsync(new JsRuntimeOptions { JsonOptions = new JsonSerializerOptions { TypeInfoResolver = JsonTypeInfoResolver.Combine() } });
        runtime.BindFunction("f", () => new FaultyValue(1));

        runtime.Evaluate<string>(Catch).ShouldNotBeNull().ShouldContain("has no contract of System.Text.Json");
    }

    private ValueTask<IJsRuntime> NewAsync(string fault, bool expose) => own.NewAsync(new JsRuntimeOptions
    {
        ExposeHostErrors = expose,
        JsonOptions = new JsonSerializerOptions(JsonSerializerDefaults.Web) { TypeInfoResolver = new DefaultJsonTypeInfoResolver(), Converters = { new FaultyConverter(() => Create(fault)) } },
    });
}
