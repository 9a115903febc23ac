namespace JsRun.Hosting.Tests.Runtime;

/// <summary>The original's tests of its configuration (TestRuntimeConfig), as far as .NET has such a thing: options are plain properties.</summary>
public sealed class RuntimeOptionsTests(OwnRuntime own) : IClassFixture<OwnRuntime>
{
    private const long MiB = 1 << 20;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    [Trait("Upstream", "RT::test_runtime_config_default")]
    public void Defaults_AreTheDocumentedOnes()
    {
        var options = new JsRuntimeOptions();

        (options.MaxHeapBytes, options.InitialHeapBytes, options.Timeout, options.Surface).ShouldBe((null, null, Timeout.InfiniteTimeSpan, JsSurface.Full));
        (options.MaxConversionDepth, options.MaxConversionBytes).ShouldBe((100, 10 * MiB));
        (options.Bootstrap.Count, options.Permissions.Count, options.Snapshot, options.Console).ShouldBe((0, 0, null, null));
        options.ToString().ShouldNotBeNull().ShouldContain("JsRuntimeOptions");
    }

    [Fact]
    [Trait("Upstream", "RT::test_runtime_config_constructor_with_kwargs")]
    [Trait("Upstream", "RT::test_runtime_config_property_methods")]
    [Trait("Upstream", "RT::test_runtime_config_property_chaining")]
    [Trait("Upstream", "RT::test_runtime_with_config")]
    public async Task Options_AllTogether_AreUsed()
    {
        var options = new JsRuntimeOptions
        {
            MaxHeapBytes = 100 * MiB,
            InitialHeapBytes = 50 * MiB,
            Timeout = TimeSpan.FromSeconds(30),
            Bootstrap = { new JsScript("bootstrap.js", "globalThis.booted = true") },
        };

        await using var runtime = await own.NewAsync(options);

        (options.MaxHeapBytes, options.InitialHeapBytes, options.Timeout).ShouldBe((100 * MiB, 50 * MiB, TimeSpan.FromSeconds(30)));
        (await runtime.EvaluateAsync<bool>("booted", Token)).ShouldBeTrue();
    }

    [Fact]
    [Trait("Upstream", "RT::test_runtime_config_serialization_kwargs")]
    public async Task MaxConversion_Lower_IsTheLimit()
    {
        await using var runtime = await own.NewAsync(new JsRuntimeOptions { MaxConversionDepth = 2, MaxConversionBytes = 2048 });

        (await runtime.EvaluateAsync("({ a: { b: 1 } })", Token)).ShouldNotBeNull();
        await Should.ThrowAsync<JsConversionException>(async () => await runtime.EvaluateAsync("({ a: { b: { c: 1 } } })", Token));
        await Should.ThrowAsync<JsConversionException>(async () => await runtime.EvaluateAsync("'x'.repeat(3000)", Token));
    }

    [Theory]
    [InlineData(0, 4096)]
    [InlineData(128, 0)]
    [InlineData(-1, 4096)]
    [Trait("Upstream", "RT::test_runtime_config_serialization_setters")]
    public async Task MaxConversion_NotPositive_IsRefused(int depth, long bytes) =>
        (await Should.ThrowAsync<ArgumentException>(async () => await own.NewAsync(new JsRuntimeOptions { MaxConversionDepth = depth, MaxConversionBytes = bytes }))).Message.ShouldContain("positive integer");

    [Fact]
    [Trait("Upstream", "RT::test_runtime_config_with_bootstrap")]
    public async Task Bootstrap_Scripts_RunInOrderBeforeAnythingElse()
    {
        await using var runtime = await own.NewAsync(new JsRuntimeOptions { Bootstrap = { new JsScript("a.js", "globalThis.log = ['a']"), new JsScript("b.js", "log.push('b')") } });

        (await runtime.EvaluateAsync<string>("log.join()", Token)).ShouldBe("a,b");
    }

    [Fact]
    [Trait("Upstream", "RT::test_runtime_config_without_bootstrap")]
    [Trait("Upstream", "RT::test_runtime_without_config")]
    public async Task Bootstrap_None_GlobalsAreUndefined()
    {
        await using var runtime = await own.NewAsync();

        (await runtime.EvaluateAsync<string>("typeof booted", Token)).ShouldBe("undefined");
    }

    [Fact]
    [Trait("Upstream", "RT::test_runtime_config_multiple_instances")]
    public async Task Bootstrap_TwoRuntimes_EachHasItsOwn()
    {
        await using var one = await own.NewAsync(new JsRuntimeOptions { Bootstrap = { new JsScript("one.js", "globalThis.one = 1") } });
        await using var two = await own.NewAsync(new JsRuntimeOptions { Bootstrap = { new JsScript("two.js", "globalThis.two = 2") } });

        (await one.EvaluateAsync<string>("typeof one + typeof two", Token)).ShouldBe("numberundefined");
        (await two.EvaluateAsync<string>("typeof one + typeof two", Token)).ShouldBe("undefinednumber");
    }

    [Theory]
    [InlineData("while (true) {}")]
    [InlineData("const a = []; for (;;) a.push({ a: [1, 2, 3] })")]
    public async Task Bootstrap_EndlessOrHungry_EndsUnderTheLimits(string code)
    {
        var error = await Should.ThrowAsync<JsRunException>(async () =>
            await own.NewAsync(new JsRuntimeOptions { Timeout = TimeSpan.FromSeconds(20), MaxHeapBytes = 32 * MiB, Bootstrap = { new JsScript("bad.js", code.StartsWith("while", StringComparison.Ordinal) ? code : code) } }).AsTask().InTime());

        (error is JsTimeoutException or JsMemoryLimitException).ShouldBeTrue(error.ToString());
    }

    [Fact]
    public async Task Bootstrap_Throws_IsTheScriptsOwnError()
    {
        var error = await Should.ThrowAsync<JavaScriptException>(async () => await own.NewAsync(new JsRuntimeOptions { Bootstrap = { new JsScript("bad.js", "\nnull.x") } }));

        error.JsStack.ShouldContain("bad.js:2");
    }

    [Fact]
    [Trait("Upstream", "RT::test_runtime_config_initial_requires_max")]
    public async Task InitialHeapBytes_WithoutMax_NamesBoth()
    {
        var error = await Should.ThrowAsync<ArgumentException>(async () => await own.NewAsync(new JsRuntimeOptions { InitialHeapBytes = 8 * MiB }));

        error.Message.ShouldContain("InitialHeapBytes requires");
        error.Message.ShouldContain("MaxHeapBytes");
    }

    [Fact]
    [Trait("Upstream", "RT::test_runtime_config_initial_exceeds_max")]
    public async Task InitialHeapBytes_AboveMax_CannotExceed() =>
        (await Should.ThrowAsync<ArgumentException>(async () => await own.NewAsync(new JsRuntimeOptions { InitialHeapBytes = 64 * MiB, MaxHeapBytes = 32 * MiB }))).Message.ShouldContain("cannot exceed");

    [Theory]
    [InlineData(30.5)]
    [InlineData(60)]
    [InlineData(45)]
    [Trait("Upstream", "RT::test_runtime_config_timeout_formats")]
    public async Task Timeout_Seconds_AreKept(double seconds)
    {
        var options = new JsRuntimeOptions { Timeout = TimeSpan.FromSeconds(seconds) };
        await using var runtime = await own.NewAsync(options);

        options.Timeout.TotalSeconds.ShouldBe(seconds);
        (await runtime.EvaluateAsync<int>("1", Token)).ShouldBe(1);
    }

    [Theory]
    [InlineData(0, "cannot be zero")]
    [InlineData(-5000, "cannot be negative")]
    [Trait("Upstream", "RT::test_runtime_config_invalid_timeout")]
    public async Task Timeout_Wrong_IsRefused(int milliseconds, string expected) =>
        (await Should.ThrowAsync<ArgumentException>(async () => await own.NewAsync(new JsRuntimeOptions { Timeout = TimeSpan.FromMilliseconds(milliseconds) }))).Message.ShouldContain(expected);

    [Fact]
    [Trait("Upstream", "RT::test_runtime_config_rejects_bootstrap_plus_snapshot")]
    public async Task Snapshot_WithBootstrap_IsRefused()
    {
        await using var host = await TestHost.StartAsync();
        var snapshot = await host.Runtimes.CreateSnapshotBuilder().AddScript("a.js", "1").BuildAsync(Token);

        (await Should.ThrowAsync<ArgumentException>(async () => await own.NewAsync(new JsRuntimeOptions { Snapshot = snapshot, Bootstrap = { new JsScript("b.js", "1") } }))).Message.ShouldContain("cannot be used together");
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    [Trait("Upstream", "RT::test_runtime_config_console_disabled_by_default")]
    [Trait("Upstream", "RT::test_runtime_config_console_disabled")]
    [Trait("Upstream", "RT::test_runtime_config_console_can_be_enabled")]
    public async Task EnableConsole_OnOrOff_MethodsNeverThrow(bool enabled)
    {
        var lines = new List<JsConsoleMessage>();
        await using var runtime = await own.NewAsync(new JsRuntimeOptions { EnableConsole = enabled, Console = lines.Add });

        (await runtime.EvaluateAsync<string>("console.log('l'); console.error('e'); console.warn('w'); typeof console + typeof console.log", Token)).ShouldBe("objectfunction");

        lines.Select(line => line.Text).ShouldBe(enabled ? ["l", "e", "w"] : []);
    }

    [Fact]
    public async Task MaxConsoleBytes_EachEvaluation_HasItsOwn()
    {
        var lines = new List<string>();
        await using var runtime = await own.NewAsync(new JsRuntimeOptions { MaxConsoleBytes = 10, Console = message => lines.Add(message.Text) });

        await runtime.EvaluateAsync("console.log('12345678901234567890'); console.log('more'); 0", Token);
        await runtime.EvaluateAsync("console.log('again'); 0", Token);

        lines.Count.ShouldBe(3);
        (lines[0], lines[2]).ShouldBe(("1234567890", "again"));
        lines[1].ShouldContain("cut at 10 bytes");
    }

    [Fact]
    public async Task ConsoleLogger_Given_GetsTheMessages()
    {
        using var provider = new LogCollector();
        await using var runtime = await own.NewAsync(new JsRuntimeOptions { ConsoleLogger = provider.CreateLogger("mine") });

        await runtime.EvaluateAsync("console.warn('heard'); 0", Token);

        await provider.WaitForAsync(entry => entry.Message.Contains("heard", StringComparison.Ordinal));
    }
}
