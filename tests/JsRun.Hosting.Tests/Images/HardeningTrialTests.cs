using JsRun.Functions;

namespace JsRun.Hosting.Tests.Images;

/// <summary>With the tier <c>Auto</c>, the first requests of a function are watched before others are served from hardened contexts.</summary>
public sealed class HardeningTrialTests
{
    private static Task<FunctionApp> StartAsync(Action<JsRunOptions>? configure = null) => FunctionApp.StartAsync(o =>
    {
        o.Images.Tier = JsImageMode.Auto;
        o.Images.CachePath = TestTier.CachePath;
        o.Pool.MaxIsolates = 1;
        configure?.Invoke(o);
    });

    [Fact]
    public async Task Requests_ThatChangeNoBuiltin_AreFollowedByHardenedOnes()
    {
        await using var app = await StartAsync();
        var function = await app.HandleAsync("return new Response(String(++count));", top: "let count = 0;");
        function.Tier.ShouldBe(JsImageTier.Replay);
        function.TierReason.ShouldBe("Its first 4 requests have contexts of their own, which are compared with what they were before: 0 have changed no built-in.");

        for (var i = 0; i < 4; i++)
        {
            (await function.GetAsync()).ShouldBe("1");
        }

        await app.Logs.WaitForAsync(e => e.Message.Contains("its first requests have changed no built-in", StringComparison.Ordinal));
        function.Tier.ShouldBe(JsImageTier.Hardened);
        function.TierReason.ShouldBeNull();
        (await function.GetAsync()).ShouldBe("1");
    }

    [Theory]
    [InlineData("Reflect.set(Array.prototype, 'mark', 1);", "a request changes Array.prototype.mark.")]
    [InlineData("try { Response.prototype.ok2 = 1; } catch {}", "a request changes Response.prototype.ok2.")]
    [InlineData("delete globalThis.fetch;", "a request changes properties of the global object that its top level does not change.")]
    public async Task Request_ThatChangesABuiltin_KeepsContextsOfItsOwn(string body, string reason)
    {
        await using var app = await StartAsync();
        var function = await app.HandleAsync($"if (url.pathname === '/changes') {{ {body} }} return new Response('x');");
        (await function.GetAsync("/no")).ShouldBe("x");
        (await function.GetAsync("/changes")).ShouldBe("x");

        await app.Logs.WaitForAsync(e => e.Message.Contains(reason, StringComparison.Ordinal));
        function.Tier.ShouldNotBe(JsImageTier.Hardened);
        function.TierReason.ShouldNotBeNull().ShouldStartWith($"It cannot be served from a hardened context: {reason}");
        (await function.GetAsync("/changes")).ShouldBe("x");
    }

    [Fact]
    public async Task Request_ThatFailed_IsNotCounted()
    {
        await using var app = await StartAsync();
        var function = await app.HandleAsync("if (url.pathname === '/fails') throw new Error('x'); return new Response('x');");
        await function.GetAsync();
        for (var i = 0; i < 4; i++)
        {
            await Should.ThrowAsync<JavaScriptException>(() => function.GetAsync("/fails"));
        }

        // One isolate does one thing after the other, and so all of them have ended.
        await Eventually.HoldsAsync(() => function.TierReason!.Contains(" 1 have changed", StringComparison.Ordinal), () => function.TierReason!);
        function.Tier.ShouldBe(JsImageTier.Replay);
    }

    [Fact]
    public async Task TopLevel_ThatCostsMoreThanARestore_IsServedFromAHeapImage()
    {
        // What is measured decides here, so the top level has to be a slow one, in the image's worker too.
        Assert.SkipUnless(Environment.GetEnvironmentVariable("JSRUN_TEST_LONG") is not null, "It takes half a minute: .ci/full sets JSRUN_TEST_LONG.");
        await using var app = await StartAsync();
        var function = await app.HandleAsync("return new Response('x');", top: "let n = 0; for (let i = 0; i < 2e8; i++) n += i % 7;");
        // A restore has been measured.
        await Eventually.HoldsAsync(() => app.Logs.Entries.Any(e => e.Id == 151), () => string.Join('\n', app.Logs.Entries.Select(e => e.Message)), ceiling: 180_000);
        for (var i = 0; i < 4; i++)
        {
            (await function.GetAsync()).ShouldBe("x");
        }

        await app.Logs.WaitForAsync(e => e.Message.Contains("A hardened context would be slower: its top level takes ", StringComparison.Ordinal));
        function.Tier.ShouldNotBe(JsImageTier.Hardened);
    }

    [Fact]
    public async Task Functions_ThatDoNotFit_AreServedFromOtherTiers()
    {
        await using var app = await StartAsync(o => o.Limits.MaxHeapBytes = 16 << 20);
        var functions = new List<EdgeFunction>();
        for (var i = 0; i < 3; i++)
        {
            var function = await app.HandleAsync("return new Response('x');", file: $"f{i}.js");
            functions.Add(function);
            for (var n = 0; n < 4; n++)
            {
                await function.GetAsync();
            }
        }

        await Eventually.HoldsAsync(() => functions.All(f => f.TierReason?.StartsWith("Its first", StringComparison.Ordinal) != true), () => string.Join(' ', functions.Select(f => f.TierReason)));
        functions.Select(f => f.Tier == JsImageTier.Hardened).ShouldBe([true, true, false]);
        functions[2].TierReason.ShouldNotBeNull().ShouldStartWith("An isolate has room for the hardened contexts of 2 functions (JsRun:Limits:MaxHeapBytes), and others have it.");
    }

    [Fact]
    public async Task Start_WithoutTheNativeLayer_ServesFromOtherTiers()
    {
        await using var app = await StartAsync(o => o.Engine.Native = JsNativeMode.Off);
        var function = await app.HandleAsync("Array.mark = 1; return new Response('x');");

        (await function.GetAsync()).ShouldBe("x");
        function.Tier.ShouldBe(JsImageTier.Replay);
    }
}
