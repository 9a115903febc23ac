namespace JsRun.Hosting.Tests.Runtimes;

/// <summary>What a rented runtime is given beside what its group gives it.</summary>
public sealed class JsRentOptionsTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(JsNativeMode.Auto)]
    [InlineData(JsNativeMode.Off)]
    public async Task RentAsync_Contained_HasNoCodeFromStrings(JsNativeMode native)
    {
        await using var host = await TestHost.StartAsync(o => o.Engine.Native = native);
        await using var full = await host.Runtimes.RentAsync(Token);
        await using var contained = await host.Runtimes.RentAsync(new JsRentOptions { Surface = JsSurface.Contained }, Token);

        (await full.EvaluateAsync<int>("new Function('return 1')()", Token)).ShouldBe(1);
        await Should.ThrowAsync<JavaScriptException>(async () => await contained.EvaluateAsync<int>("new Function('return 1')()", Token));
        (await contained.EvaluateAsync<int>("40 + 2", Token)).ShouldBe(42);
    }

    [Fact]
    public async Task RentAsync_NameOfAGroup_RentsFromItsPool()
    {
        await using var host = await TestHost.StartAsync(o => o.Groups["tenant"] = new JsRunGroupOptions());
        await using var theirs = await host.Runtimes.RentAsync("tenant", Token);

        host.Functions.GetPoolStatus("tenant").Leases.ShouldBe(1);
        host.Functions.GetPoolStatus(JsRunOptions.DefaultGroupName).Leases.ShouldBe(0);
        await using var ours = await host.Runtimes.RentAsync(JsRunOptions.DefaultGroupName, Token);
        host.Functions.GetPoolStatus(JsRunOptions.DefaultGroupName).Leases.ShouldBe(1);
        (await Should.ThrowAsync<ArgumentException>(async () => await host.Runtimes.RentAsync("nobody", Token))).Message.ShouldContain("JsRun:Groups:nobody");
    }

    [Fact]
    [Trait("Clock", "real")]
    public async Task RentAsync_Group_HasItsPermissionsAndLimits()
    {
        await using var host = await TestHost.StartAsync(o =>
        {
            o.Permissions.Add("op:read");
            o.Groups["tenant"] = new JsRunGroupOptions { Permissions = { "op:write" }, Limits = { Timeout = TimeSpan.FromMilliseconds(200) }, Env = { ["WHO"] = "tenant" } };
        });
        await using var runtime = await host.Runtimes.RentAsync(new JsRentOptions { Group = "tenant" }, Token);
        runtime.RegisterOp("write", () => 1);
        runtime.RegisterOp("remove", () => 1);

        (await runtime.EvaluateAsync<int>("JsRun.ops.write()", Token)).ShouldBe(1);
        (await Should.ThrowAsync<JavaScriptException>(async () => await runtime.EvaluateAsync("JsRun.ops.remove()", Token))).Message.ShouldContain("Add it to JsRun:Groups:tenant:Permissions");
        (await Should.ThrowAsync<JsTimeoutException>(async () => await runtime.EvaluateAsync("new Promise(() => {})", Token))).Timeout.ShouldBe(TimeSpan.FromMilliseconds(200));
        host.Functions.GetPoolStatus("tenant").Leases.ShouldBe(1);
        (await Should.ThrowAsync<ArgumentException>(async () => await host.Runtimes.RentAsync(new JsRentOptions { Group = "nobody" }, Token))).Message.ShouldContain("JsRun:Groups:nobody");
    }

    [Fact]
    [Trait("Clock", "real")]
    public async Task RentAsync_OptionsOfItsOwn_TakeThePlaceOfTheGroups()
    {
        await using var host = await TestHost.StartAsync(o => o.Permissions.Add("op:read"));
        var lines = new List<string>();
        var options = new JsRentOptions
        {
            Permissions = ["op:write"],
            Timeout = TimeSpan.FromSeconds(10),
            Console = { OnMessage = message => lines.Add(message.Text) },
            ExposeHostErrors = true,
        };
        options.Modules.Loader = (_, _) => ValueTask.FromResult<JsModuleSource?>("export const a = 1");
        await using var runtime = await host.Runtimes.RentAsync(options, Token);
        runtime.RegisterOp("write", () => 1);
        runtime.RegisterOp("read", () => 1);
        runtime.BindFunction("fail", int () => throw new InvalidOperationException("the text"));

        (await runtime.EvaluateAsync<int>("console.log('line'); JsRun.ops.write()", Token)).ShouldBe(1);
        lines.ShouldBe(["line"]);
        (await runtime.EvaluateAsync<string>("try { fail() } catch (e) { e.message }", Token))!.ShouldContain("the text");
        (await runtime.ImportAsync("http://x/y.js", cancellationToken: Token))["a"].ShouldBe(1L);
        (await Should.ThrowAsync<JavaScriptException>(async () => await runtime.EvaluateAsync("JsRun.ops.read()", Token))).Message.ShouldContain("Add it to JsRentOptions.Permissions");
        await using var brief = await host.Runtimes.RentAsync(new JsRentOptions { Timeout = TimeSpan.FromMilliseconds(100) }, Token);
        (await Should.ThrowAsync<JsTimeoutException>(async () => await brief.EvaluateAsync("new Promise(() => {})", Token))).Timeout.ShouldBe(TimeSpan.FromMilliseconds(100));
    }

    [Fact]
    public async Task RentAsync_OptionOutOfRange_IsNamed()
    {
        await using var host = await TestHost.StartAsync();

        (await Should.ThrowAsync<ArgumentOutOfRangeException>(async () => await host.Runtimes.RentAsync(new JsRentOptions { MaxConversionDepth = 0 }, Token))).ParamName.ShouldBe("JsRentOptions.MaxConversionDepth");
        (await Should.ThrowAsync<ArgumentOutOfRangeException>(async () => await host.Runtimes.RentAsync(new JsRentOptions { Timeout = TimeSpan.Zero }, Token))).ParamName.ShouldBe("JsRentOptions.Timeout");
        (await Should.ThrowAsync<FormatException>(async () => await host.Runtimes.RentAsync(new JsRentOptions { Permissions = ["nonsense"] }, Token))).Message.ShouldContain("nonsense");
        host.Functions.GetPoolStatus().Leases.ShouldBe(0);
    }

    [Theory]
    [InlineData(true, "JsRun:Permissions")]
    [InlineData(false, "JsRuntimeOptions.Permissions")]
    public async Task Fetch_NotGranted_NamesWhereToGrantIt(bool rented, string source)
    {
        await using var host = await TestHost.StartAsync();
        await using var runtime = rented ? await host.Runtimes.RentAsync(Token) : await host.Runtimes.CreateAsync(cancellationToken: Token);

        (await runtime.EvaluateAsync<string>("fetch('http://example.com/').catch(e => e.message)", Token))!.ShouldContain($"add 'net:example.com' to {source}");
    }
}
