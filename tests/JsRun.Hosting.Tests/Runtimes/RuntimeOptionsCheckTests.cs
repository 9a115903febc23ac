using JsRun.Runtimes;

namespace JsRun.Hosting.Tests.Runtimes;

/// <summary>Options that are refused before a runtime is made of them.</summary>
public sealed class RuntimeOptionsCheckTests(OwnRuntime own) : IClassFixture<OwnRuntime>
{
    [Theory]
    [InlineData(0, 4096)]
    [InlineData(128, 0)]
    [InlineData(-1, 4096)]
    [InlineData(128, -1)]
    [InlineData(1001, 4096)]
    [Trait("Upstream", "RT::test_runtime_config_serialization_setters")]
    public async Task ConversionLimits_OutOfRange_AreRefused(int depth, long bytes)
    {
        var options = new JsRuntimeOptions();
        (options.MaxConversionDepth, options.MaxConversionBytes) = (depth, bytes);

        (await Should.ThrowAsync<ArgumentOutOfRangeException>(async () => await own.NewAsync(options))).Message.ShouldContain("positive integer");
    }

    [Fact]
    public void MaxConversionBytes_AtTheEdge_IsAllowedAndNotBeyond()
    {
        RuntimeOptionsCheck.Check(new JsRuntimeOptions { MaxConversionBytes = 512L << 20 });

        Should.Throw<ArgumentOutOfRangeException>(() => RuntimeOptionsCheck.Check(new JsRuntimeOptions { MaxConversionBytes = (512L << 20) + 1 })).Message.ShouldContain("JsRuntimeOptions.MaxConversionBytes");
    }

    [Theory]
    [InlineData(1L << 20, null, "MaxHeapBytes")]
    [InlineData(null, 100L, "MaxArrayBufferBytes")]
    public async Task MemoryLimits_OutOfRange_AreRefused(long? heap, long? buffers, string property) =>
        (await Should.ThrowAsync<ArgumentOutOfRangeException>(async () => await own.NewAsync(new JsRuntimeOptions { MaxHeapBytes = heap, MaxArrayBufferBytes = buffers }))).Message.ShouldContain($"JsRuntimeOptions.{property}");

    [Theory]
    [InlineData(0, "Timeout cannot be zero")]
    [InlineData(-5000, "Timeout cannot be negative")]
    [Trait("Upstream", "RT::test_runtime_config_invalid_timeout")]
    public async Task Timeout_Wrong_IsRefused(int milliseconds, string expected) =>
        (await Should.ThrowAsync<ArgumentOutOfRangeException>(async () => await own.NewAsync(new JsRuntimeOptions { Timeout = TimeSpan.FromMilliseconds(milliseconds) }))).Message.ShouldContain(expected);

    [Fact]
    [Trait("Upstream", "RT::test_runtime_config_rejects_bootstrap_plus_snapshot")]
    public async Task Snapshot_WithBootstrap_IsRefused()
    {
        await using var host = await TestHost.StartAsync();
        var snapshot = await host.Runtimes.CreateSnapshotBuilder().AddScript("a.js", "var a = 1").BuildAsync(TestContext.Current.CancellationToken);

        (await Should.ThrowAsync<ArgumentException>(async () => await own.NewAsync(new JsRuntimeOptions { Snapshot = snapshot, Bootstrap = { new JsScript { Name = "b.js", Code = "1" } } }))).Message.ShouldContain("cannot be used together");
    }

    [Fact]
    public async Task Modules_Null_IsRefusedByName() =>
        (await Should.ThrowAsync<ArgumentNullException>(async () => await own.NewAsync(new JsRuntimeOptions { Modules = null! }))).ParamName.ShouldBe("JsRuntimeOptions.Modules");

    [Fact]
    public async Task Options_ChangedLater_ChangeNothing()
    {
        var options = new JsRuntimeOptions { MaxConversionDepth = 2 };
        await using var runtime = await own.NewAsync(options);

        options.MaxConversionDepth = 100;

        Should.Throw<JsConversionException>(() => runtime.Evaluate("[[[1]]]"));
    }
}
