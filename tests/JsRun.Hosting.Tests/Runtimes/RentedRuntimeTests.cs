using JsRun.Runtimes;

namespace JsRun.Hosting.Tests.Runtimes;

public sealed class RentedRuntimeTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task WaitForIdleAsync_TimersPending_EndsAfterThem(bool rented)
    {
        await using var host = await TestHost.StartAsync();
        await using var runtime = await GetAsync(host, rented);
        await runtime.EvaluateTextAsync("globalThis.n = 0; setTimeout(() => { n++; setTimeout(() => n++, 10) }, 10); 0", cancellationToken: Token);

        await runtime.WaitForIdleAsync(Token).InTime();

        (await runtime.EvaluateAsync<int>("n", Token)).ShouldBe(2);
        await runtime.WaitForIdleAsync(Token).InTime();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task DisposeAsync_EvaluationNeverSettles_ItFails(bool rented)
    {
        await using var host = await TestHost.StartAsync();
        var runtime = await GetAsync(host, rented);
        var pending = runtime.EvaluateTextAsync("new Promise(() => {})", cancellationToken: Token).AsTask();
        await runtime.EvaluateTextAsync("setTimeout(() => {}, 60000)", cancellationToken: Token);
        var idle = runtime.WaitForIdleAsync(Token).AsTask();

        await runtime.DisposeAsync().InTime();

        await Should.ThrowAsync<ObjectDisposedException>(async () => await pending.InTime());
        await Should.ThrowAsync<ObjectDisposedException>(async () => await idle.InTime());
        host.Functions.GetPoolStatus().Leases.ShouldBe(0);
    }

    [Fact]
    public async Task DisposeAsync_RentedRuntimeLoops_IsStoppedAndThePoolGoesOn()
    {
        await using var host = await TestHost.StartAsync(o => o.Pool.MaxIsolates = 1);
        var runtime = await host.Runtimes.RentAsync(Token);
        await runtime.EvaluateTextAsync("setTimeout(() => { console.log('loops'); for (;;); }); 0", cancellationToken: Token);
        await host.Logs.WaitForAsync(e => e.Message.Contains("loops", StringComparison.Ordinal));

        await runtime.DisposeAsync().InTime();

        await using var next = await host.Runtimes.RentAsync(Token).InTime();
        (await next.EvaluateAsync<int>("1 + 1", Token)).ShouldBe(2);
    }

    [Theory]
    [Trait("Clock", "real")]
    [InlineData(JsNativeMode.Auto, 109)]
    [InlineData(JsNativeMode.Off, 103)]
    public async Task Timers_RentedRuntimeLoopsInOne_EndsAtTheCpuLimit(JsNativeMode native, int logged)
    {
        await using var host = await TestHost.StartAsync(o =>
        {
            o.Engine.Native = native;
            o.Pool.MaxIsolates = 1;
            o.Limits.CpuTime = TimeSpan.FromMilliseconds(200);
        });
        await using var runtime = await host.Runtimes.RentAsync(Token);
        await runtime.EvaluateTextAsync("setTimeout(() => { for (;;); }); 0", cancellationToken: Token);

        await host.Logs.WaitForAsync(e => e.Id == logged);

        await using var next = await host.Runtimes.RentAsync(Token).InTime();
        (await next.EvaluateAsync<int>("1 + 1", Token)).ShouldBe(2);
        (await Should.ThrowAsync<JsTerminatedException>(async () => await runtime.EvaluateTextAsync("1", cancellationToken: Token))).Message.ShouldContain("JsRun:Limits:CpuTime");
    }

    private static ValueTask<IJsRuntime> GetAsync(TestHost host, bool rented) => rented ? host.Runtimes.RentAsync(Token) : host.Runtimes.CreateAsync(cancellationToken: Token);
}
