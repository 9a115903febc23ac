using Microsoft.Extensions.Logging;

namespace JsRun.Hosting.Tests.Runtimes;

/// <summary>What an execution leaves running when it has its answer.</summary>
public sealed class LeftoverTests
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(1);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("(async () => { for (;;) await 0; })(); 1")]
    [InlineData("(async () => { for (let i = 0; i < 50; i++) await 0; for (;;); })(); 1")]
    [InlineData("setTimeout(() => { for (;;); }, 0); 1")]
    [InlineData("setTimeout(async () => { for (;;) await 0; }, 0); 1")]
    [InlineData("var { port1, port2 } = new MessageChannel(); port1.onmessage = () => { for (;;); }; port2.postMessage(1); 1")]
    [InlineData("addEventListener('x', () => { for (;;); }); setTimeout(() => dispatchEvent(new Event('x')), 0); 1")]
    [InlineData("later().then(() => { for (;;); }); 1")]
    public async Task Evaluate_EarlierCodeNeverEnds_ItIsStoppedAndLaterCallsEnd(string code)
    {
        await using var host = await TestHost.StartAsync();
        await using var runtime = await host.Runtimes.CreateAsync(new JsRuntimeOptions { Timeout = Limit }, Token);
        runtime.BindFunction("later", async () => await Task.Yield());
        runtime.Evaluate("globalThis.kept = 41", cancellationToken: Token);

        (await runtime.EvaluateAsync<int>(code, Token).InTime()).ShouldBe(1);

        // A timer may become due only after the first of them.
        for (var i = 0; i < 3; i++)
        {
            (await runtime.EvaluateAsync<int>("kept + 1", Token).InTime()).ShouldBe(42);
        }

        await host.Logs.WaitForAsync(e => e is { Level: LogLevel.Warning, Id: 122 });
        (await runtime.EvaluateAsync<int>("kept + 1", Token).InTime()).ShouldBe(42);
        (await Task.Run(() => runtime.Evaluate<int>("kept + 1", cancellationToken: Token), Token).InTime()).ShouldBe(42);
        runtime.State.ShouldBe(JsRuntimeState.Running);
    }

    [Fact]
    public async Task Evaluate_NoLimitOfItsOwn_WhatItLeavesHasTheRuntimes()
    {
        await using var host = await TestHost.StartAsync();
        await using var runtime = await host.Runtimes.CreateAsync(new JsRuntimeOptions { Timeout = Limit }, Token);

        await runtime.EvaluateAsync("setTimeout(() => { for (;;); }); 0", new JsEvaluateOptions { Timeout = Timeout.InfiniteTimeSpan }, Token).InTime();

        await host.Logs.WaitForAsync(e => e.Id == 122);
        (await runtime.EvaluateAsync<int>("42", Token).InTime()).ShouldBe(42);
    }

    [Theory]
    [InlineData(JsNativeMode.Auto)]
    [InlineData(JsNativeMode.Off)]
    public async Task Evaluate_EarlierCodeOfARentedRuntimeNeverEnds_LaterCallsEndAndSaySo(JsNativeMode native)
    {
        await using var host = await TestHost.StartAsync(o =>
        {
            o.Engine.Native = native;
            o.Limits.Timeout = TimeSpan.FromSeconds(1);
        });
        await using var runtime = await host.Runtimes.RentAsync(Token);

        (await runtime.EvaluateAsync<int>("(async () => { for (;;) await 0; })(); 1", Token).InTime()).ShouldBe(1);

        await Should.ThrowAsync<JsTerminatedException>(async () => await runtime.EvaluateAsync<int>("2", Token).InTime());
        Should.Throw<JsTerminatedException>(() => runtime.Evaluate("2", cancellationToken: Token)).Message.ShouldContain("'<eval>' ran longer than 00:00:01");
        runtime.State.ShouldBe(JsRuntimeState.Terminated);
        await using var next = await host.Runtimes.RentAsync(Token).InTime();
        (await next.EvaluateAsync<int>("42", Token).InTime()).ShouldBe(42);
    }

    [Fact]
    public async Task Timers_EachTakesLong_ACallWaitsForOneOfThem()
    {
        await using var host = await TestHost.StartAsync();
        await using var runtime = await host.Runtimes.CreateAsync(cancellationToken: Token);
        using var called = new SemaphoreSlim(0);
        var gate = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        runtime.BindFunction("step", () =>
        {
            called.Release();
            return gate.Task.Wait(TimeSpan.FromSeconds(30));
        });
        // All are due at once.
        await runtime.EvaluateAsync("globalThis.n = 0; for (let i = 0; i < 3; i++) setTimeout(() => { step(); n++; }); const end = Date.now() + 5; while (Date.now() < end);", Token);
        await called.WaitAsync(Token);

        var call = runtime.EvaluateAsync<int>("n", Token);
        gate.SetResult();

        (await call.InTime()).ShouldBe(1);
    }
}
