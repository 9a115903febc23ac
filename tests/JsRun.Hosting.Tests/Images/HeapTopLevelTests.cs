namespace JsRun.Hosting.Tests.Images;

/// <summary>What a top level may keep, and how it is found again in contexts that come from an image.</summary>
public sealed class HeapTopLevelTests
{
    [Fact]
    public async Task Error_KeptByTheTopLevel_HasAStack()
    {
        await using var app = await HeapApp.StartAsync();
        var function = await app.HandleAsync(
            "return new Response([kept.stack, caught.stack, /\\n +at /.test(new Error('now').stack)].join('|'));",
            "const kept = new TypeError('early'); let caught; try { null.x; } catch (e) { caught = e; }");

        (await function.GetAsync()).ShouldBe("TypeError: early|TypeError: Cannot read properties of null (reading 'x')|true");
    }

    [Fact]
    public async Task StackTraceLimit_SetByTheTopLevel_IsKeptAndErrorsKeepTheirStack()
    {
        await using var app = await HeapApp.StartAsync();
        var function = await app.App.HandleAsync("return new Response(`${Error.stackTraceLimit} ${kept.stack.startsWith('Error: early')}`);", top: "Error.stackTraceLimit = 3; const kept = new Error('early');");

        await Eventually.HoldsAsync(() => function.Tier == JsImageTier.Heap || function.TierReason is not null, () => $"{function.TierReason}");

        (await function.GetAsync()).ShouldBe("3 true", $"{function.Tier} {function.TierReason}");
    }

    [Theory]
    [InlineData("globalThis.SharedArrayBuffer = 7;", "puts something of its own at SharedArrayBuffer")]
    [InlineData("Object.defineProperty(globalThis, 'SharedArrayBuffer', { get() { return 7; }, configurable: true });", "puts something of its own at SharedArrayBuffer")]
    [InlineData("globalThis.weak = new WeakRef(globalThis.kept = {});", "makes a WeakRef")]
    public async Task TopLevel_ThatWouldNotBeFoundAgain_IsReplayed(string top, string reason)
    {
        await using var app = await HeapApp.StartAsync();
        var function = await app.App.HandleAsync("const S = globalThis.SharedArrayBuffer; return new Response(`${typeof S} ${globalThis.weak?.deref() === globalThis.kept}`);", top: top);

        await Eventually.HoldsAsync(() => function.TierReason?.Contains(reason, StringComparison.Ordinal) == true, () => $"{function.TierReason}");

        function.Tier.ShouldBe(JsImageTier.Replay);
        (await function.GetAsync()).ShouldBeOneOf("number false", "number true", "function true");
    }
}
