using JsRun.Hosting.Tests.Values;

namespace JsRun.Hosting.Tests.Bindings;

/// <summary>The original's tests of its module-level bindings (test_jsrun_api.py).</summary>
public sealed partial class DefaultBindingTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    [Trait("Upstream", "API::test_bind_function_sync")]
    [Trait("Upstream", "API::test_bind_function_multiple_args")]
    public async Task BindFunction_Sync_IsCalled()
    {
        await using var scope = Js.BeginScope();
        Js.BindFunction("add", (int a, int b) => a + b);
        Js.BindFunction("multiply", (int a, int b, int c) => a * b * c);

        Js.Evaluate("[add(2, 3), multiply(2, 5, 2)]").ShouldBeExactly(new List<object?> { 5L, 20L });
    }

    [Fact]
    [Trait("Upstream", "API::test_bind_function_complex_return")]
    public async Task BindFunction_ComplexResult_IsAnObject()
    {
        await using var scope = Js.BeginScope();
        Js.BindFunction("info", () => new { status = "ok", value = 42 });

        Js.Evaluate("info()").ShouldBeEquivalentTo(new Dictionary<string, object?> { ["status"] = "ok", ["value"] = 42L });
    }

    [Fact]
    [Trait("Upstream", "API::test_bind_function_async")]
    [Trait("Upstream", "API::test_bind_function_from_js_async")]
    public async Task BindFunction_Async_IsAwaited()
    {
        await using var scope = Js.BeginScope();
        Js.BindFunction("load", async (string url) =>
        {
            await Task.Yield();
            return new Dictionary<string, object?> { ["url"] = url, ["status"] = 200 };
        });
        Js.BindFunction("process", async (int x) =>
        {
            await Task.Yield();
            return x * 2;
        });

        (await Js.EvaluateAsync("load('https://example.com')", cancellationToken: Token).InTime()).ShouldBeEquivalentTo(new Dictionary<string, object?> { ["url"] = "https://example.com", ["status"] = 200L });
        (await Js.EvaluateAsync("(async () => await process(21))()", cancellationToken: Token).InTime()).ShouldBe(42L);
    }

    [Fact]
    [Trait("Upstream", "API::test_bind_object_basic")]
    [Trait("Upstream", "API::test_bind_object_nested")]
    [Trait("Upstream", "API::test_bind_object_array_value")]
    public async Task BindObject_Data_IsReadable()
    {
        await using var scope = Js.BeginScope();
        Js.BindObject("config", new Dictionary<string, object?>
        {
            ["version"] = "1.0",
            ["debug"] = true,
            ["api"] = new Dictionary<string, object?> { ["url"] = "https://api.example.com", ["timeout"] = 5000 },
            ["items"] = new[] { "a", "b" },
        });

        Js.Evaluate("[config.version, config.debug, config.api.url, config.api.timeout, config.items.length, config.items[1]]")
            .ShouldBeExactly(new List<object?> { "1.0", true, "https://api.example.com", 5000L, 2L, "b" });
    }

    [Fact]
    public async Task BindObject_ExportedClass_IsThere()
    {
        await using var scope = Js.BeginScope();
        Js.BindObject("clock", new Clock());

        Js.Evaluate("clock.hours").ShouldBe(24L);
    }

    [JsExport]
    private sealed partial class Clock
    {
        public int Hours { get; } = 24;
    }
}
