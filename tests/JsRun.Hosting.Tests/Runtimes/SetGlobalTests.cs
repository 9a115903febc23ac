using JsRun.Hosting.Tests.Values.RoundTrips;
using Microsoft.Extensions.DependencyInjection;

namespace JsRun.Hosting.Tests.Runtimes;

public sealed class SetGlobalTests(OwnRuntime own) : IClassFixture<OwnRuntime>
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static TheoryData<object?, string> Values => new()
    {
        { 5, "g === 5" },
        { 12345678901234.56m, "g === 12345678901234.56" },
        { "text", "g === 'text'" },
        { null, "g === null" },
        { new[] { 1, 2 }, "Array.isArray(g) && g.join() === '1,2'" },
        { new { Debug = true, Nested = new { Level = 3 } }, "g.debug === true && g.nested.level === 3" },
        { new Holder<string>("x"), "g.value === 'x'" },
        { new Settings { Name = "n" }, "g.name === 'n' && !('describe' in g)" },
        { new Dictionary<string, object?> { ["add"] = (int a, int b) => a + b }, "g.add(1, 2) === 3" },
        { (int a) => a + 1, "g(1) === 2" },
        { new DateTime(2024, 1, 1, 0, 0, 0, DateTimeKind.Utc), "g.toISOString() === '2024-01-01T00:00:00.000Z'" },
    };

    [Theory]
    [MemberData(nameof(Values))]
    public async Task SetGlobal_Value_IsTheGlobal(object? value, string check)
    {
        await using var runtime = await own.NewAsync();
        runtime.SetGlobal("g", value);
        runtime.Evaluate(check).ShouldBe(true, $"synchronously: {check}");
        runtime.Evaluate("delete globalThis.g").ShouldBe(true);

        await runtime.SetGlobalAsync("g", value, Token);
        runtime.Evaluate(check).ShouldBe(true, $"asynchronously: {check}");
    }

    [Fact]
    public async Task SetGlobal_BoundName_RevokesWhatHadIt()
    {
        await using var runtime = await own.NewAsync();
        runtime.BindFunction("f", () => 1);
        runtime.Evaluate("const kept = f; undefined");

        await runtime.SetGlobalAsync("f", 2, Token);

        runtime.Evaluate("try { kept() } catch (e) { e.code + f }").ShouldBe("revoked2");
    }

    [Fact]
    public async Task SetGlobal_CannotCross_SetsNothing()
    {
        await using var runtime = await own.NewAsync();

        Should.Throw<JsConversionException>(() => runtime.SetGlobal("g", new object[] { typeof(int) })).Message.ShouldContain("value[0]");
        await Should.ThrowAsync<JsConversionException>(async () => await runtime.SetGlobalAsync("g", new object[] { typeof(int) }, Token));
        Should.Throw<JavaScriptException>(() => runtime.SetGlobal("Infinity", 1));
        await Should.ThrowAsync<JavaScriptException>(async () => await runtime.SetGlobalAsync("Infinity", 1, Token));
        runtime.Evaluate("typeof g").ShouldBe("undefined");
    }

    [Fact]
    public async Task SetGlobalAsync_Cancelled_SetsNothing() =>
        await Should.ThrowAsync<OperationCanceledException>(async () => await own.Runtime.SetGlobalAsync("cancelled", 1, new CancellationToken(canceled: true)));

    [Fact]
    public async Task SetGlobal_ScopedAndDefaultRuntimes_HaveItToo()
    {
        await using var host = await TestHost.StartAsync();
        await using var scope = host.Services.CreateAsyncScope();
        var scoped = scope.ServiceProvider.GetRequiredService<IJsRuntime>();

        scoped.SetGlobal("g", 7);
        (await scoped.EvaluateAsync("g", Token)).ShouldBe(7L);
        await scoped.SetGlobalAsync("g", 8, Token);
        (await scoped.EvaluateAsync("g", Token)).ShouldBe(8L);

        using var own = Js.BeginScope();
        Js.SetGlobal("g", 9);
        Js.Evaluate("g").ShouldBe(9L);
    }

    [Fact]
    public void BindObject_Data_IsAnObject()
    {
        own.Runtime.BindObject("config", new { Debug = true, Limits = new[] { 1, 2 } });

        own.Runtime.Evaluate("config.debug && config.limits[1] === 2").ShouldBe(true);
        Should.Throw<ArgumentException>(() => own.Runtime.BindObject("config", 5)).Message.ShouldContain("SetGlobal");
        Should.Throw<ArgumentException>(() => own.Runtime.BindObject("config", "text")).Message.ShouldContain("SetGlobal");
    }

    [Fact]
    public void BindObject_ObjectWithMethods_IsRefusedWithWhatToDo()
    {
        Should.Throw<ArgumentException>(() => own.Runtime.BindObject("store", new Store())).Message.ShouldContain("('Find') scripts could not call: add [JsExport]");
        Should.Throw<ArgumentException>(() => own.Runtime.SetGlobal("store", new Store())).Message.ShouldContain("[JsExport]");
        Should.Throw<ArgumentException>(() => own.Runtime.BindObject("store", new Settings())).Message.ShouldContain("'Describe'");
        Should.Throw<ArgumentException>(() => own.Runtime.BindObject("stores", new Dictionary<string, object?> { ["one"] = new Store() })).Message.ShouldContain("'stores.one'");
    }

    private sealed class Settings
    {
        public string? Name { get; set; }

        public string Describe() => $"settings of {Name}";
    }

    private sealed class Store
    {
        private readonly string _prefix = "";

        public string Find(string key) => _prefix + key;
    }
}
