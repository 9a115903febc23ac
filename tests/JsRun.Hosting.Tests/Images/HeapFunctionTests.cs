using System.Globalization;
using System.Text;
using JsRun.Images;

namespace JsRun.Hosting.Tests.Images;

/// <summary>Functions whose contexts are restored from their group's image.</summary>
public sealed class HeapFunctionTests
{
    private static readonly string[] Values = ["Math.random()", "crypto.randomUUID()", "performance.timeOrigin", "Date.now()"];

    [Fact]
    public async Task Request_OfAnImagedFunction_GoesOnWhereItsTopLevelEnded()
    {
        await using var app = await HeapApp.StartAsync();
        var function = await app.HandleAsync("return new Response(`${++count} ${url.pathname}`);", "let count = 41;");

        function.TierReason.ShouldBeNull();
        for (var i = 0; i < 20; i++)
        {
            (await function.GetAsync("/a")).ShouldBe("42 /a");
        }
    }

    [Fact]
    public async Task Request_OfAnImagedFunction_HasTimeAndChanceOfItsOwn()
    {
        var before = DateTimeOffset.UtcNow.ToUnixTimeMilliseconds();
        await using var app = await HeapApp.StartAsync();
        var function = await app.HandleAsync($"return new Response([{string.Join(", ", Values)}].join(' '));");

        var answers = new List<string[]>();
        for (var i = 0; i < 8; i++)
        {
            answers.Add((await function.GetAsync()).Split(' '));
        }

        answers.Select(a => a[0]).ShouldBeUnique();
        answers.Select(a => a[1]).ShouldBeUnique();
        answers.Select(a => a[2]).ShouldBeUnique("each context has a time origin of its own");
        answers.ShouldAllBe(a => double.Parse(a[2], CultureInfo.InvariantCulture) >= before);
        answers.Select(a => long.Parse(a[3], CultureInfo.InvariantCulture)).ShouldBeInOrder();
    }

    [Fact]
    public async Task Request_SharedIsolation_KeepsItsStateInOneRestoredContext()
    {
        await using var app = await HeapApp.StartAsync(o => o.Isolation = JsIsolation.Shared);
        var function = await app.HandleAsync("return new Response(String(++count));", "let count = 41;");

        (await function.GetAsync()).ShouldBe("42");
        (await function.GetAsync()).ShouldBe("43");
    }

    [Fact]
    public async Task Env_OfImagedFunctions_IsThereAndInNoFile()
    {
        const string secret = "s3cr3t-0f-n0-1mag3";
        await using var app = await HeapApp.StartAsync(o => o.Env["TOKEN"] = secret);
        var function = await app.HandleAsync("return new Response(env.TOKEN);");

        (await function.GetAsync()).ShouldBe(secret);
        var files = Directory.GetFiles(app.Cache);
        files.ShouldNotBeEmpty();
        foreach (var file in files)
        {
            var bytes = await File.ReadAllBytesAsync(file, TestContext.Current.CancellationToken);
            bytes.AsSpan().IndexOf(Encoding.UTF8.GetBytes(secret)).ShouldBe(-1, file);
            bytes.AsSpan().IndexOf(Encoding.Unicode.GetBytes(secret)).ShouldBe(-1, file);
        }
    }

    [Fact]
    public async Task Groups_TheSameFunction_HaveImagesOfTheirOwn()
    {
        await using var app = await HeapApp.StartAsync(o => o.Groups["acme"] = new JsRunGroupOptions { Env = { ["WHO"] = "acme" } });
        app.App.Write("who.js", "export default { fetch: (request, env) => new Response(env.WHO ?? 'nobody') };");
        var one = await app.App.DeployFileAsync("who.js", "");
        var other = await app.App.DeployFileAsync("who.js", "acme");
        await app.ServesFromHeapAsync(one);
        await app.ServesFromHeapAsync(other);

        (await one.GetAsync()).ShouldBe("nobody");
        (await other.GetAsync()).ShouldBe("acme");
        // A group whose first isolate waits long for its function has one of the web layer alone before.
        var scopes = Directory.GetFiles(app.Cache, "*.image").Select(f => ImageFile.Read(File.ReadAllBytes(f)).Header!).Where(h => h.Functions.Count > 0).ToArray();
        scopes.Select(h => h.Scope).Order().ShouldBe(["the default group", "the group 'acme'"]);
        scopes.Select(h => h.Key).ShouldBeUnique();
        scopes[0].Functions.ShouldBe(scopes[1].Functions, "it is the same function, and still not the same image");
    }

    [Theory]
    [InlineData("const timer = setTimeout(() => {}, 1); clearTimeout(timer);", "starts a timer")]
    [InlineData("const started = Date.now();", "reads the clock")]
    [InlineData("const id = crypto.randomUUID();", "random values")]
    [InlineData("const wasm = typeof WebAssembly;", "uses WebAssembly")]
    [InlineData("await new Promise((resolve) => setTimeout(resolve, 1));", "starts a timer")]
    [InlineData("Array.prototype.at.call([]); Object.prototype.extra = 1;", "changes Object.prototype")]
    [InlineData("{ using resource = { [Symbol.dispose]() {} }; }", "declares something with 'using'")]
    public async Task Function_ThatCannotBeImaged_IsReplayedAndCostsTheOthersNothing(string top, string reason)
    {
        await using var app = await HeapApp.StartAsync();
        var odd = await app.App.HandleAsync("return new Response('odd');", top: top);
        var plain = await app.HandleAsync("return new Response('plain');");

        await Eventually.HoldsAsync(() => odd.TierReason?.StartsWith("It cannot be part of a heap image: ", StringComparison.Ordinal) == true, () => odd.TierReason ?? "");
        odd.Tier.ShouldBe(JsImageTier.Replay);
        odd.TierReason!.ShouldContain(reason);

        (await odd.GetAsync()).ShouldBe("odd");
        (await plain.GetAsync()).ShouldBe("plain");
        app.App.Logs.Entries.ShouldContain(e => e.Id == 152 && e.Message.Contains(odd.Descriptor.Name, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Function_ThatCouldNotBeImaged_IsKnownTheNextTime()
    {
        using var cache = new CacheFolder();
        await using (var app = await HeapApp.StartAsync(cache: cache.Path))
        {
            var odd = await app.App.HandleAsync("return new Response('odd');", "odd.js", "Date.now();");
            await Eventually.HoldsAsync(() => odd.TierReason!.Contains("reads the clock", StringComparison.Ordinal), () => odd.TierReason ?? "");
        }

        await using var next = await HeapApp.StartAsync(cache: cache.Path);
        var again = await next.App.HandleAsync("return new Response('odd');", "odd.js", "Date.now();");
        await Eventually.HoldsAsync(() => again.TierReason!.Contains("reads the clock", StringComparison.Ordinal), () => again.TierReason ?? "");
        next.App.Logs.Entries.ShouldNotContain(e => e.Id == 151 && e.Message.Contains("built", StringComparison.Ordinal), "nothing was built again");
    }

    [Fact]
    public async Task Start_WithTheImageInTheCache_ServesFromItAtOnce()
    {
        using var cache = new CacheFolder();
        await using (var app = await HeapApp.StartAsync(cache: cache.Path))
        {
            await app.HandleAsync("return new Response(String(++count));", "let count = 1;", "f.js");
        }

        await using var next = await HeapApp.StartAsync(cache: cache.Path);
        var function = await next.App.HandleAsync("return new Response(String(++count));", "f.js", "let count = 1;");

        function.Tier.ShouldBe(JsImageTier.Heap, "the isolates started from the image that was there");
        (await function.GetAsync()).ShouldBe("2");
    }

    [Fact]
    public async Task Reload_OfAnImagedFunction_GetsANewImage()
    {
        await using var app = await HeapApp.StartAsync();
        var function = await app.HandleAsync("return new Response('one');", file: "f.js");
        app.App.Write("f.js", "let n = 1; export default { fetch: () => new Response('two ' + ++n) };");

        (await function.ReloadAsync(TestContext.Current.CancellationToken)).ShouldBeTrue();
        (await function.GetAsync()).ShouldBe("two 2", "it serves at once, by replay");
        await app.ServesFromHeapAsync(function);
        (await function.GetAsync()).ShouldBe("two 2");
    }

    [Fact]
    public async Task Remove_OfAnImagedFunction_LeavesTheOthersServing()
    {
        await using var app = await HeapApp.StartAsync();
        var first = await app.HandleAsync("return new Response('first');");
        var second = await app.HandleAsync("return new Response('second');");
        app.App.Host.Functions.Remove(first);

        (await second.GetAsync()).ShouldBe("second");
        await app.ServesFromHeapAsync(second);
        (await second.GetAsync()).ShouldBe("second");
    }

    [Fact]
    public async Task Requests_WhileImagesChange_AreAllAnswered()
    {
        await using var app = await HeapApp.StartAsync();
        var function = await app.App.HandleAsync("return new Response(String(++count));", top: "let count = 0;");
        using var stop = new CancellationTokenSource();
        var asking = Task.Run(async () =>
        {
            var answered = 0;
            while (!stop.IsCancellationRequested)
            {
                (await function.GetAsync()).ShouldBe("1");
                answered++;
                // The worker comes last, and must come at all.
                await Task.Delay(1, CancellationToken.None);
            }

            return answered;
        });
        for (var i = 0; i < 2; i++)
        {
            await app.HandleAsync("return new Response('');", $"const n = {i};");
        }

        await stop.CancelAsync();
        (await asking).ShouldBeGreaterThan(0);
    }
}
