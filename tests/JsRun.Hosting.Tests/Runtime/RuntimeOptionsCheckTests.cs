namespace JsRun.Hosting.Tests.Runtime;

public sealed class RuntimeOptionsCheckTests(OwnRuntime own) : IClassFixture<OwnRuntime>
{
    [Fact]
    [Trait("Upstream", "RT::test_runtime_config_with_bootstrap")]
    [Trait("Upstream", "RT::test_runtime_with_config")]
    [Trait("Upstream", "RT::test_runtime_config_without_bootstrap")]
    [Trait("Upstream", "RT::test_runtime_config_multiple_instances")]
    public async Task Bootstrap_Scripts_RunFirstAndInOrder()
    {
        await using var first = await own.NewAsync(new JsRuntimeOptions { Bootstrap = { new JsScript("a.js", "const a = 1"), new JsScript("b.js", "const b = a + 1; Promise.reject(1)") } });
        await using var second = await own.NewAsync(new JsRuntimeOptions { Bootstrap = { new JsScript("c.js", "globalThis.c = true") } });

        first.Evaluate("a + b").ShouldBe(3L);
        first.Evaluate("typeof c").ShouldBe("undefined");
        second.Evaluate("c").ShouldBe(true);
        second.Evaluate("typeof a").ShouldBe("undefined");
    }

    [Fact]
    public async Task Bootstrap_Throws_TellsFileAndLine() =>
        (await Should.ThrowAsync<JavaScriptException>(async () => await own.NewAsync(new JsRuntimeOptions { Bootstrap = { new JsScript("boot.js", "\nnull.x") } }))).JsStack.ShouldContain("boot.js:2");

    [Theory]
    [InlineData("for (;;);", typeof(JsTimeoutException))]
    [InlineData("const list = []; for (;;) list.push({ a: [1, 2, 3], b: 'x' + list.length })", typeof(JsMemoryLimitException))]
    public async Task Bootstrap_Unbounded_IsStopped(string code, Type error)
    {
        var options = new JsRuntimeOptions { Timeout = TimeSpan.FromSeconds(5), MaxHeapBytes = 32 << 20, Bootstrap = { new JsScript("boot.js", code) } };

        (await Record.ExceptionAsync(async () => await own.NewAsync(options))).ShouldBeOfType(error);
    }

    [Fact]
    [Trait("Upstream", "RT::test_runtime_config_initial_requires_max")]
    public async Task InitialHeapBytes_Alone_NeedsTheMost()
    {
        var error = await Should.ThrowAsync<ArgumentException>(async () => await own.NewAsync(new JsRuntimeOptions { InitialHeapBytes = 1 << 20 }));

        error.Message.ShouldContain("JsRuntimeOptions.InitialHeapBytes requires JsRuntimeOptions.MaxHeapBytes");
    }

    [Fact]
    [Trait("Upstream", "RT::test_runtime_config_initial_exceeds_max")]
    public async Task InitialHeapBytes_MoreThanTheMost_IsRefused() =>
        (await Should.ThrowAsync<ArgumentException>(async () => await own.NewAsync(new JsRuntimeOptions { InitialHeapBytes = 64 << 20, MaxHeapBytes = 32 << 20 }))).Message.ShouldContain("cannot exceed");

    [Theory]
    [InlineData(0, 1)]
    [InlineData(1, 0)]
    [InlineData(-1, 1)]
    [InlineData(1001, 1)]
    [Trait("Upstream", "RT::test_runtime_config_serialization_setters")]
    public async Task ConversionLimits_OutOfRange_AreRefused(int depth, long bytes) =>
        (await Should.ThrowAsync<ArgumentOutOfRangeException>(async () => await own.NewAsync(new JsRuntimeOptions { MaxConversionDepth = depth, MaxConversionBytes = bytes }))).Message.ShouldContain("positive integer");

    [Theory]
    [InlineData(1L << 20, null, "MaxHeapBytes")]
    [InlineData(null, 100L, "MaxArrayBufferBytes")]
    public async Task MemoryLimits_OutOfRange_AreRefused(long? heap, long? buffers, string property) =>
        (await Should.ThrowAsync<ArgumentOutOfRangeException>(async () => await own.NewAsync(new JsRuntimeOptions { MaxHeapBytes = heap, MaxArrayBufferBytes = buffers }))).Message.ShouldContain($"JsRuntimeOptions.{property}");

    [Fact]
    [Trait("Upstream", "RT::test_runtime_config_rejects_bootstrap_plus_snapshot")]
    public async Task Snapshot_WithBootstrap_IsRefused()
    {
        await using var host = await TestHost.StartAsync();
        var snapshot = await host.Runtimes.CreateSnapshotBuilder().AddScript("a.js", "var a = 1").BuildAsync(TestContext.Current.CancellationToken);

        (await Should.ThrowAsync<ArgumentException>(async () => await own.NewAsync(new JsRuntimeOptions { Snapshot = snapshot, Bootstrap = { new JsScript("b.js", "1") } }))).Message.ShouldContain("cannot be used together");
    }

    [Fact]
    public async Task Options_ChangedLater_ChangeNothing()
    {
        var options = new JsRuntimeOptions { MaxConversionDepth = 2 };
        await using var runtime = await own.NewAsync(options);

        options.MaxConversionDepth = 100;

        Should.Throw<JsConversionException>(() => runtime.Evaluate("[[[1]]]"));
    }

    [Fact]
    [Trait("Upstream", "RT::test_js_to_python_respects_serialization_depth_limit")]
    [Trait("Upstream", "RT::test_python_to_js_respects_serialization_depth_limit")]
    public async Task MaxConversionDepth_Reached_SaysSoBothWays()
    {
        await using var two = await own.NewAsync(new JsRuntimeOptions { MaxConversionDepth = 2 });

        two.Evaluate("({ a: { b: 1 } })").ShouldNotBeNull();
        Should.Throw<JsConversionException>(() => two.Evaluate("({ a: { b: { c: 1 } } })")).Message.ShouldContain("Depth exceeded maximum limit of 2");
        var identity = two.Evaluate<JsFunction>("v => v")!;
        identity.Invoke([new object[] { 1 }]).ShouldNotBeNull();
        Should.Throw<JsConversionException>(() => identity.Invoke([new object[] { new object[] { 1 } }])).Message.ShouldContain("Depth exceeded maximum limit of 2");
    }

    [Fact]
    [Trait("Upstream", "RT::test_js_to_python_respects_serialization_bytes_limit")]
    [Trait("Upstream", "RT::test_python_to_js_respects_serialization_bytes_limit")]
    [Trait("Upstream", "RT::test_runtime_config_serialization_kwargs")]
    public async Task MaxConversionBytes_Reached_SaysSoBothWays()
    {
        await using var runtime = await own.NewAsync(new JsRuntimeOptions { MaxConversionBytes = 64 });

        Should.Throw<JsConversionException>(() => runtime.Evaluate("'x'.repeat(65)")).Message.ShouldContain("Size (65 bytes) exceeded maximum limit of 64 bytes");
        runtime.Evaluate("'x'.repeat(64)").ShouldBe(new string('x', 64));
        Should.Throw<JsConversionException>(() => runtime.Evaluate<JsFunction>("v => v")!.Invoke(new string('x', 80))).Message.ShouldContain("String size limit exceeded: 80 > 64");
    }
}
