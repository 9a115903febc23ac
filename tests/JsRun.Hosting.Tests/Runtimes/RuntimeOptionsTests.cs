using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace JsRun.Hosting.Tests.Runtimes;

/// <summary>The original's tests of its configuration (TestRuntimeConfig), as far as .NET has such a thing: options are plain properties.</summary>
public sealed class RuntimeOptionsTests(OwnRuntime own) : IClassFixture<OwnRuntime>
{
    private const long MiB = 1 << 20;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    [Trait("Upstream", "RT::test_runtime_config_default")]
    [Trait("Upstream", "2.15: configuration defaults")]
    public void Defaults_AreTheDocumentedOnes()
    {
        var options = new JsRuntimeOptions();

        (options.MaxHeapBytes, options.Timeout, options.Surface).ShouldBe((null, Timeout.InfiniteTimeSpan, JsSurface.Full));
        (options.MaxConversionDepth, options.MaxConversionBytes).ShouldBe((100, 10 * MiB));
        (options.Bootstrap.Count, options.Permissions.Count, options.Snapshot, options.Console.OnMessage).ShouldBe((0, 0, null, null));
        options.ToString().ShouldNotBeNull().ShouldContain("JsRuntimeOptions");
    }

    [Fact]
    [Trait("Upstream", "RT::test_runtime_config_constructor_with_kwargs")]
    [Trait("Upstream", "RT::test_runtime_with_config")]
    [Trait("Upstream", "2.15: configuration builder")]
    public async Task Options_AllTogether_AreKeptAndUsed()
    {
        var options = new JsRuntimeOptions
        {
            MaxHeapBytes = 100 * MiB,
            Timeout = TimeSpan.FromSeconds(30),
            Bootstrap = { new JsScript { Name = "bootstrap.js", Code = "globalThis.booted = true" } },
        };

        await using var runtime = await own.NewAsync(options);

        (options.MaxHeapBytes, options.Timeout).ShouldBe((100 * MiB, TimeSpan.FromSeconds(30)));
        options.Bootstrap.ShouldBe([new JsScript { Name = "bootstrap.js", Code = "globalThis.booted = true" }]);
        (await runtime.EvaluateAsync<bool>("booted", Token)).ShouldBeTrue();
    }

    [Fact]
    [Trait("Upstream", "RT::test_runtime_config_property_methods")]
    [Trait("Upstream", "RT::test_runtime_config_property_chaining")]
    [Trait("Upstream", "RT::test_runtime_config_serialization_kwargs")]
    [Trait("Upstream", "RT::test_runtime_config_serialization_setters")]
    public async Task Options_SetOneByOne_AreKeptAndUsed()
    {
        var options = new JsRuntimeOptions { MaxConversionDepth = 200, MaxConversionBytes = 2048 };
        (options.MaxConversionDepth, options.MaxConversionBytes).ShouldBe((200, 2048L));

        options.MaxHeapBytes = 100 * MiB;
        options.Timeout = TimeSpan.FromSeconds(30);
        options.Bootstrap.Add(new JsScript { Name = "bootstrap.js", Code = "globalThis.booted = true" });
        options.MaxConversionDepth = 128;
        options.MaxConversionBytes = 4096;
        await using var runtime = await own.NewAsync(options);

        (await runtime.EvaluateAsync<bool>("booted", Token)).ShouldBeTrue();
        (await runtime.EvaluateAsync<string>("'x'.repeat(4096)", Token))!.Length.ShouldBe(4096);
        Should.Throw<JsConversionException>(() => runtime.Evaluate("'x'.repeat(4097)", cancellationToken: Token));
        runtime.Evaluate("let d = 1; for (let i = 0; i < 128; i++) d = [d]; d", cancellationToken: Token).ShouldNotBeNull();
        Should.Throw<JsConversionException>(() => runtime.Evaluate("[d]", cancellationToken: Token));
    }

    [Fact]
    [Trait("Upstream", "RT::test_runtime_config_with_bootstrap")]
    [Trait("Upstream", "2.15: a bootstrap global is visible")]
    public async Task Bootstrap_Scripts_RunInOrderBeforeAnythingElse()
    {
        await using var runtime = await own.NewAsync(new JsRuntimeOptions { Bootstrap = { new JsScript { Name = "a.js", Code = "globalThis.log = ['a']" }, new JsScript { Name = "b.js", Code = "log.push('b')" } } });

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
        await using var one = await own.NewAsync(new JsRuntimeOptions { Bootstrap = { new JsScript { Name = "one.js", Code = "globalThis.one = 1" } } });
        await using var two = await own.NewAsync(new JsRuntimeOptions { Bootstrap = { new JsScript { Name = "two.js", Code = "globalThis.two = 2" } } });

        (await one.EvaluateAsync<string>("typeof one + typeof two", Token)).ShouldBe("numberundefined");
        (await two.EvaluateAsync<string>("typeof one + typeof two", Token)).ShouldBe("undefinednumber");
    }

    [Theory]
    [InlineData("while (true) {}", typeof(JsTimeoutException))]
    [InlineData("const a = []; for (;;) a.push({ a: [1, 2, 3] })", typeof(JsMemoryLimitException))]
    [InlineData("const a = []; for (;;) a.push(new Uint8Array(1 << 20))", typeof(JavaScriptException))]
    [Trait("Upstream", "2.17: bootstrap that never ends, or takes all memory")]
    public async Task Bootstrap_EndlessOrHungry_EndsUnderTheLimits(string code, Type expected)
    {
        // Long enough for the one that eats memory to get there on a slow machine.
        var options = new JsRuntimeOptions { Timeout = TimeSpan.FromSeconds(code.StartsWith("while", StringComparison.Ordinal) ? 1 : 25), MaxHeapBytes = 32 * MiB, Bootstrap = { new JsScript { Name = "bad.js", Code = code } } };

        (await Record.ExceptionAsync(() => own.NewAsync(options).InTime())).ShouldBeOfType(expected);
    }

    [Fact]
    public async Task Bootstrap_Throws_IsTheScriptsOwnError()
    {
        var error = await Should.ThrowAsync<JavaScriptException>(async () => await own.NewAsync(new JsRuntimeOptions { Bootstrap = { new JsScript { Name = "bad.js", Code = "\nnull.x" } } }));

        error.JsStack.ShouldContain("bad.js:2");
    }

    [Theory]
    [InlineData(30.5)]
    [InlineData(60)]
    [InlineData(45)]
    [Trait("Upstream", "RT::test_runtime_config_timeout_formats")]
    public async Task Timeout_Seconds_EndAPendingEvaluationThen(double seconds)
    {
        var time = new FakeTimeProvider();
        await using var host = await TestHost.StartAsync(services: services => services.AddSingleton<TimeProvider>(time));
        await using var runtime = await host.Runtimes.CreateAsync(new JsRuntimeOptions { Timeout = TimeSpan.FromSeconds(seconds) }, Token);
        var pending = runtime.EvaluateAsync("globalThis.begun = true; new Promise(() => {})", Token).AsTask();
        await Eventually.HoldsAsync(() => runtime.Evaluate<bool>("globalThis.begun === true", cancellationToken: Token));

        time.Advance(TimeSpan.FromSeconds(seconds) - TimeSpan.FromMilliseconds(1));
        pending.IsCompleted.ShouldBeFalse();
        time.Advance(TimeSpan.FromMilliseconds(1));

        (await Should.ThrowAsync<JsTimeoutException>(() => pending.InTime())).Timeout.ShouldBe(TimeSpan.FromSeconds(seconds));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    [Trait("Upstream", "RT::test_runtime_config_console_disabled")]
    [Trait("Upstream", "RT::test_runtime_config_console_can_be_enabled")]
    public async Task IsEnabled_OnOrOff_MethodsNeverThrow(bool enabled)
    {
        var lines = new List<JsConsoleMessage>();
        var options = new JsRuntimeOptions { Console = { IsEnabled = enabled, OnMessage = lines.Add } };
        await using var runtime = await own.NewAsync(options);

        (await runtime.EvaluateAsync<string>("console.log('l'); console.error('e'); console.warn('w'); typeof console + typeof console.log", Token)).ShouldBe("objectfunction");

        options.Console.IsEnabled.ShouldBe(enabled);
        lines.Select(line => line.Text).ShouldBe(enabled ? ["l", "e", "w"] : []);
    }

    [Fact]
    [Trait("Upstream", "RT::test_runtime_config_console_disabled_by_default")]
    public async Task Console_ByDefault_GoesToTheLogger()
    {
        await using var host = await TestHost.StartAsync();
        await using var runtime = await host.Runtimes.CreateAsync(cancellationToken: Token);

        await runtime.EvaluateAsync("console.log('to the log'); console.warn('w'); console.error('e'); 0", Token);

        await host.Logs.WaitForAsync(entry => entry.Category == "JsRun.Console" && entry.Message.Contains("to the log", StringComparison.Ordinal));
    }

    [Fact]
    public async Task MaxConsoleBytes_EachEvaluation_HasItsOwn()
    {
        var lines = new List<string>();
        await using var runtime = await own.NewAsync(new JsRuntimeOptions { Console = { MaxBytes = 10, OnMessage = message => lines.Add(message.Text) } });

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
        await using var runtime = await own.NewAsync(new JsRuntimeOptions { Console = { Logger = provider.CreateLogger("mine") } });

        await runtime.EvaluateAsync("console.warn('heard'); 0", Token);

        await provider.WaitForAsync(entry => entry.Message.Contains("heard", StringComparison.Ordinal));
    }
}
