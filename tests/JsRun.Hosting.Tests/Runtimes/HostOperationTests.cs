using Microsoft.Extensions.Logging;

namespace JsRun.Hosting.Tests.Runtimes;

/// <summary>What becomes of an evaluation if something on its way to the host fails.</summary>
public sealed class HostOperationTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("throw new AggregateError(Array(100000).fill(1), 'm')")]
    [InlineData("Promise.any(Array.from({ length: 100000 }, () => Promise.reject(new Error('m'))))")]
    [InlineData("throw new AggregateError(Array(100000).fill(new AggregateError(Array(1000).fill('x'))), 'm')")]
    [InlineData("throw new AggregateError([new AggregateError(Array(100000).fill(1), 'm')], 'm')")]
    public async Task EvaluateAsync_AggregateErrorOfMoreThanCanBeTold_IsThatError(string code)
    {
        await using var host = await TestHost.StartAsync();
        await using var runtime = await host.Runtimes.CreateAsync(cancellationToken: Token);

        var error = await Should.ThrowAsync<JavaScriptException>(() => runtime.EvaluateAsync(code, Token).InTime());

        error.Name.ShouldBe("AggregateError");
        (await runtime.EvaluateAsync("1 + 1", Token)).ShouldBe(2L);
        host.Logs.Entries.ShouldNotContain(e => e.Level >= LogLevel.Error);
    }

    [Fact]
    public async Task EvaluateAsync_HeapOfAnOwnRuntimeIsExhausted_IsAWarningThatNamesItsOption()
    {
        await using var host = await TestHost.StartAsync();
        await using var runtime = await host.Runtimes.CreateAsync(new JsRuntimeOptions { MaxHeapBytes = 32 << 20 }, Token);

        await Should.ThrowAsync<JsMemoryLimitException>(() => runtime.EvaluateAsync("const all = []; for (;;) all.push(new Array(1000).fill({}))", Token).InTime());

        var entry = await host.Logs.WaitForAsync(e => e.Message.Contains("exhausted", StringComparison.Ordinal));
        entry.Level.ShouldBe(LogLevel.Warning);
        entry.Message.ShouldContain("JsRuntimeOptions.MaxHeapBytes is 33554432");
        entry.Message.ShouldNotContain("replaced");
        host.Logs.Entries.ShouldNotContain(e => e.Level >= LogLevel.Error);
    }
}
