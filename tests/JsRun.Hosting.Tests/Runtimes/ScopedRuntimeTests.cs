using Microsoft.Extensions.DependencyInjection;

namespace JsRun.Hosting.Tests.Runtimes;

/// <summary>The runtime that is injected.</summary>
public sealed class ScopedRuntimeTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Evaluate_BoundAndAddedBefore_IsThere(bool synchronous)
    {
        await using var host = await TestHost.StartAsync(o => o.Permissions.Add("op:double"));
        await using var scope = host.Services.CreateAsyncScope();
        var runtime = scope.ServiceProvider.GetRequiredService<IJsRuntime>();

        runtime.BindFunction("add", (int x, int y) => x + y);
        runtime.BindFunction("add", (int x, int y) => x + y + 1);
        runtime.BindObject("config", new Dictionary<string, object?> { ["size"] = 20 });
        runtime.BindObject("config", new Dictionary<string, object?> { ["more"] = 3 }, JsBindMode.Merge);
        runtime.RegisterOp("double", (int x) => x * 2);
        runtime.Modules.Add("m", "export const seven = 7");
        runtime.Modules.SyncLoader = (JsModuleLoadRequest _) => "export const eight = 8";

        host.Functions.GetPoolStatus().Leases.ShouldBe(0);
        const string code = "JsRun.ops.double(config.size) + add(0, 1)";
        (synchronous ? runtime.Evaluate<int>(code, cancellationToken: Token) : await runtime.EvaluateAsync<int>(code, Token)).ShouldBe(42);
        runtime.Evaluate<int>("config.more", cancellationToken: Token).ShouldBe(3);
        runtime.Import("m")["seven"].ShouldBe(7L);
        (await runtime.ImportAsync("http://x/y.js", cancellationToken: Token))["eight"].ShouldBe(8L);
        runtime.BindFunction("late", () => 1);
        runtime.Evaluate<int>("late()", cancellationToken: Token).ShouldBe(1);
        host.Functions.GetPoolStatus().Leases.ShouldBe(1);
    }

    [Fact]
    public async Task Evaluate_NoIsolateIsFree_SaysWhatToAwaitAndDoesNotBlock()
    {
        await using var host = await TestHost.StartAsync(o => (o.Pool.MaxIsolates, o.Pool.LeasesPerIsolate) = (1, 1));
        await using var other = await host.Runtimes.RentAsync(Token);
        await using var scope = host.Services.CreateAsyncScope();
        var runtime = scope.ServiceProvider.GetRequiredService<IJsRuntime>();
        runtime.BindFunction("answer", () => 42);

        Should.Throw<InvalidOperationException>(() => runtime.Evaluate("answer()", cancellationToken: Token)).Message.ShouldContain("await an asynchronous member first, such as EvaluateAsync");
        var waiting = runtime.EvaluateAsync<int>("answer()", Token).AsTask();
        Should.Throw<InvalidOperationException>(() => runtime.Evaluate("answer()", cancellationToken: Token)).Message.ShouldContain("await that call first");
        await other.DisposeAsync();

        (await waiting.InTime()).ShouldBe(42);
        runtime.Evaluate<int>("answer()", cancellationToken: Token).ShouldBe(42);
    }

    [Fact]
    public async Task EvaluateAsync_FirstCallersTokenIsCancelled_OthersGetTheirLease()
    {
        await using var host = await TestHost.StartAsync(o => (o.Pool.MaxIsolates, o.Pool.LeasesPerIsolate) = (1, 1));
        await using var other = await host.Runtimes.RentAsync(Token);
        await using var scope = host.Services.CreateAsyncScope();
        var runtime = scope.ServiceProvider.GetRequiredService<IJsRuntime>();
        using var cancellation = new CancellationTokenSource();

        var first = runtime.EvaluateAsync<int>("1", cancellation.Token).AsTask();
        var second = runtime.EvaluateAsync<int>("2", Token).AsTask();
        await cancellation.CancelAsync();

        (await Should.ThrowAsync<OperationCanceledException>(async () => await first.InTime())).CancellationToken.ShouldBe(cancellation.Token);
        second.IsCompleted.ShouldBeFalse();
        await other.DisposeAsync();
        (await second.InTime()).ShouldBe(2);
    }

    [Fact]
    public async Task BindFunction_DelegateThatCannotCross_IsRefusedAtOnce()
    {
        await using var host = await TestHost.StartAsync();
        await using var scope = host.Services.CreateAsyncScope();
        var runtime = scope.ServiceProvider.GetRequiredService<IJsRuntime>();
        runtime.RegisterOp("once", () => 1);

        Should.Throw<ArgumentException>(() => runtime.BindFunction("f", (ref int x) => x));
        Should.Throw<ArgumentException>(() => runtime.RegisterOp("once", () => 1));
        runtime.GetStats().EvaluateCount.ShouldBe(0);
        (await runtime.EvaluateAsync<int>("1", Token)).ShouldBe(1);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Dispose_LeaseIsOnItsWay_WaitersEndAndNothingIsLeft(bool synchronous)
    {
        await using var host = await TestHost.StartAsync(o => (o.Pool.MaxIsolates, o.Pool.LeasesPerIsolate) = (1, 1));
        var other = await host.Runtimes.RentAsync(Token);
        var scope = host.Services.CreateAsyncScope();
        var runtime = scope.ServiceProvider.GetRequiredService<IJsRuntime>();
        var waiting = runtime.EvaluateAsync<int>("1", Token).AsTask();

        if (synchronous)
        {
            scope.Dispose();
        }
        else
        {
            await scope.DisposeAsync();
        }

        await Should.ThrowAsync<ObjectDisposedException>(async () => await waiting.InTime());
        Should.Throw<ObjectDisposedException>(() => runtime.BindFunction("f", () => 1));
        await other.DisposeAsync();
        await Eventually.HoldsAsync(() => host.Functions.GetPoolStatus() is { Leases: 0, Queued: 0 });
    }

    [Fact]
    public async Task Terminate_NoLeaseYet_CallsSayWhy()
    {
        await using var host = await TestHost.StartAsync();
        await using var scope = host.Services.CreateAsyncScope();
        var runtime = scope.ServiceProvider.GetRequiredService<IJsRuntime>();

        runtime.Terminate("enough");

        runtime.State.ShouldBe(JsRuntimeState.Terminated);
        (await Should.ThrowAsync<JsTerminatedException>(async () => await runtime.EvaluateAsync("1", Token))).Reason.ShouldBe("enough");
        Should.Throw<JsTerminatedException>(() => runtime.Evaluate("1", cancellationToken: Token));
    }

    [Theory]
    [InlineData("scoped")]
    [InlineData("rented")]
    [InlineData("rented, with a timer")]
    public async Task StopAsync_RuntimeIsIdle_IsNotWaitedFor(string kind)
    {
        var host = await TestHost.StartAsync();
        var scope = host.Services.CreateAsyncScope();
        var runtime = kind == "scoped" ? scope.ServiceProvider.GetRequiredService<IJsRuntime>() : await host.Runtimes.RentAsync(Token);
        await runtime.EvaluateAsync(kind.Contains("timer", StringComparison.Ordinal) ? "setInterval(() => {}, 60000); 1" : "1", Token);

        // The host's own limit is half a minute, and as much as the test waits.
        await host.DisposeAsync().AsTask().WaitAsync(TimeSpan.FromSeconds(20), Token);

        (await Should.ThrowAsync<JsTerminatedException>(async () => await runtime.EvaluateAsync("1", Token))).Message.ShouldContain("the host has stopped");
        await runtime.DisposeAsync().InTime();
        await scope.DisposeAsync().InTime();
    }

    [Fact]
    public async Task StopAsync_RentedRuntimeRunsSomething_IsWaitedFor()
    {
        var host = await TestHost.StartAsync();
        var runtime = await host.Runtimes.RentAsync(Token);
        var answer = new TaskCompletionSource<int>(TaskCreationOptions.RunContinuationsAsynchronously);
        runtime.BindFunction("load", () => answer.Task);
        var running = runtime.EvaluateAsync<int>("load()", Token).AsTask();

        var stopped = host.DisposeAsync().AsTask();
        await Eventually.HoldsAsync(() => IsStopping(host.Runtimes));
        stopped.IsCompleted.ShouldBeFalse();
        answer.SetResult(42);

        (await running.InTime()).ShouldBe(42);
        await stopped.InTime();
        await runtime.DisposeAsync().InTime();
    }

    private static bool IsStopping(IJsRuntimeFactory factory)
    {
        try
        {
            var rented = factory.RentAsync(Token).AsTask();
            rented.ContinueWith(static t => t.Result.Dispose(), CancellationToken.None, TaskContinuationOptions.OnlyOnRanToCompletion, TaskScheduler.Default);
            return rented.Exception?.InnerException is JsTerminatedException;
        }
        catch (JsTerminatedException)
        {
            return true;
        }
    }
}
