using System.Diagnostics;
using Microsoft.Extensions.Logging;

namespace JsRun.Hosting.Tests.Runtimes;

/// <summary>Synchronous host functions that keep the isolate's thread.</summary>
public sealed class BlockingHandlerTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [Trait("Clock", "real")]
    [InlineData(false, JsNativeMode.Auto)]
    [InlineData(true, JsNativeMode.Auto)]
    [InlineData(true, JsNativeMode.Off)]
    public async Task Timeout_HandlerBlocksForSecondsBeyondIt_CallerIsToldAtOnceAndTheIsolateGoesOn(bool rented, JsNativeMode native)
    {
        await using var host = await TestHost.StartAsync(o =>
        {
            o.Engine.Native = native;
            o.Limits.Timeout = TimeSpan.FromMilliseconds(500);
            o.Pool.MaxIsolates = 1;
        });
        await using var runtime = rented ? await host.Runtimes.RentAsync(Token) : await host.Runtimes.CreateAsync(new JsRuntimeOptions { Timeout = TimeSpan.FromMilliseconds(500) }, Token);
        using var gate = new ManualResetEventSlim();
        runtime.BindFunction("work", () => gate.Wait(TimeSpan.FromSeconds(30)) ? 1 : 0);
        // Once before: what is left of the script after the handler must take less than a tick of the watchdog, so nothing may be compiled then.
        gate.Set();
        (await runtime.EvaluateAsync<int>("globalThis.kept = 1; work()", Token).InTime()).ShouldBe(1);
        gate.Reset();
        var since = Stopwatch.GetTimestamp();

        // While the handler still blocks.
        await Should.ThrowAsync<JsTimeoutException>(async () => await runtime.EvaluateAsync("globalThis.kept = 1; work()", Token).InTime());
        await Eventually.HoldsAsync(() => Stopwatch.GetElapsedTime(since) > TimeSpan.FromSeconds(2.5));
        gate.Set();

        host.Logs.Entries.ShouldNotContain(e => e.Id == 105);
        try
        {
            (await runtime.EvaluateAsync<int>("kept + 1", Token).InTime()).ShouldBe(2);
            runtime.State.ShouldBe(JsRuntimeState.Running);
        }
        catch (JsTerminatedException) when (rented)
        {
            // The watchdog came between the handler's return and the end of the script, and stopped it: that ends a rented runtime, and its isolate goes on all the same.
            await using var next = await host.Runtimes.RentAsync(Token);
            (await next.EvaluateAsync<int>("1 + 1", Token).InTime()).ShouldBe(2);
        }
    }

    [Fact]
    public async Task DisposeAsync_HandlerReturnsAfterSeconds_WaitsForIt()
    {
        await using var host = await TestHost.StartAsync();
        var runtime = await host.Runtimes.CreateAsync(cancellationToken: Token);
        using var gate = new ManualResetEventSlim();
        using var entered = new SemaphoreSlim(0);
        runtime.BindFunction("work", () =>
        {
            entered.Release();
            return gate.Wait(TimeSpan.FromSeconds(30));
        });
        var pending = runtime.EvaluateAsync("work()", Token).AsTask();
        await entered.WaitAsync(Token);
        var since = Stopwatch.GetTimestamp();

        var disposed = runtime.DisposeAsync().AsTask();
        await Should.ThrowAsync<ObjectDisposedException>(async () => await pending.InTime());
        await Eventually.HoldsAsync(() => disposed.IsCompleted || Stopwatch.GetElapsedTime(since) > TimeSpan.FromSeconds(2.5));

        disposed.IsCompleted.ShouldBeFalse();
        gate.Set();
        await disposed.InTime();
        host.Logs.Entries.ShouldNotContain(e => e.Id == 105 || e.Id == 120);
    }

    [Fact]
    public async Task EvaluateAsync_HandlerWaitsForItsOwnRuntime_IsWarnedOfAndItsCallerEnds()
    {
        await using var host = await TestHost.StartAsync();
        await using var runtime = await host.Runtimes.CreateAsync(new JsRuntimeOptions { Timeout = TimeSpan.FromSeconds(2) }, Token);
        using var giveUp = new CancellationTokenSource();
        runtime.BindFunction("wait", () => Wait(runtime, giveUp.Token));

        var call = runtime.EvaluateAsync("wait()", Token).AsTask();
        var warning = await host.Logs.WaitForAsync(e => e is { Level: LogLevel.Warning, Id: 121 });
        await Should.ThrowAsync<JsTimeoutException>(async () => await call.InTime());
        await giveUp.CancelAsync();

        warning.Message.ShouldContain("The host function wait has blocked the thread of isolate");
        (await runtime.EvaluateAsync<int>("42", Token).InTime()).ShouldBe(42);
        host.Logs.Entries.Count(e => e.Id == 121).ShouldBe(1);
    }

    [Fact]
    public async Task Evaluate_TwoRuntimesCallEachOther_IsWarnedOfAndBothGoOn()
    {
        await using var host = await TestHost.StartAsync();
        var options = new JsRuntimeOptions { Timeout = TimeSpan.FromSeconds(2) };
        await using var a = await host.Runtimes.CreateAsync(options, Token);
        await using var b = await host.Runtimes.CreateAsync(options, Token);
        a.BindFunction("b", () => b.Evaluate<int>("a()"));
        b.BindFunction("a", () => a.Evaluate<int>("1"));

        var call = a.EvaluateAsync("b()", Token).AsTask();

        await host.Logs.WaitForAsync(e => e.Id == 121);
        await Should.ThrowAsync<JsRunException>(async () => await call.InTime());
        (await a.EvaluateAsync<int>("42", Token).InTime()).ShouldBe(42);
        (await b.EvaluateAsync<int>("42", Token).InTime()).ShouldBe(42);
    }

    private static int Wait(IJsRuntime runtime, CancellationToken cancellationToken)
    {
        try
        {
            return runtime.EvaluateAsync<int>("1", cancellationToken).AsTask().GetAwaiter().GetResult();
        }
        catch (OperationCanceledException)
        {
            return 0;
        }
    }
}
