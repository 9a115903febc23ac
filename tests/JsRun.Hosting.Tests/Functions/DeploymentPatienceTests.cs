using JsRun.Groups;
using JsRun.Scheduling;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace JsRun.Hosting.Tests.Functions;

/// <summary>A deployment is lost by the function's fault only.</summary>
public sealed class DeploymentPatienceTests
{
    private const string Fine = "export default { fetch() { return new Response('fine') } }";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task DeployAsync_IsolateIsBusyForLongerThanStartupTimeout_Deploys()
    {
        var time = new FakeTimeProvider();
        await using var app = await FunctionApp.StartAsync(static o => o.Pool.MaxIsolates = 1, time);
        var pool = app.Host.Services.GetRequiredService<PoolGroups>().Get("").Pool;
        var isolate = pool.Isolates.Single();
        using var gate = new ManualResetEventSlim();
        isolate.Isolate.Post(new ActionItem(gate.Wait));

        var deploying = app.TryDeployAsync(Fine);
        await Eventually.HoldsAsync(() => isolate.Isolate.Backlog > 0);
        time.Advance(TimeSpan.FromSeconds(9));
        gate.Set();

        var function = await deploying.InTime();
        function.Error.ShouldBeNull();
        function.State.ShouldBe(EdgeFunctionState.Ready);
        (await function.GetAsync()).ShouldBe("fine");
    }

    [Fact]
    public async Task DeployAsync_NoLeaseWithinQueueTimeout_IsTriedAgainByItself()
    {
        var time = new FakeTimeProvider();
        await using var app = await FunctionApp.StartAsync(static o => (o.Pool.MaxIsolates, o.Pool.LeasesPerIsolate) = (1, 1), time);
        var pool = app.Host.Services.GetRequiredService<PoolGroups>().Get("").Pool;
        var lease = await pool.AcquireAsync(Token);

        var deploying = app.TryDeployAsync(Fine);
        await AdvanceUntilAsync(time, deploying);
        var function = await deploying;
        function.State.ShouldBe(EdgeFunctionState.Failed);
        function.Error.ShouldNotBeNull().ShouldContain("tried again");

        var changed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        function.StateChanged += (_, _) => changed.TrySetResult();
        lease.Release();
        await AdvanceUntilAsync(time, changed.Task);

        function.State.ShouldBe(EdgeFunctionState.Ready);
        function.Error.ShouldBeNull();
        (await function.GetAsync()).ShouldBe("fine");
    }

    [Fact]
    public async Task ReloadAsync_NoLeaseWithinQueueTimeout_TheOldVersionServesUntilTheNewOneIsTriedAgain()
    {
        var time = new FakeTimeProvider();
        await using var app = await FunctionApp.StartAsync(static o => (o.Pool.MaxIsolates, o.Pool.LeasesPerIsolate) = (1, 1), time);
        var pool = app.Host.Services.GetRequiredService<PoolGroups>().Get("").Pool;
        var function = await app.DeployAsync(Fine, "a.js");
        await app.LeasesReturnedAsync();
        var lease = await pool.AcquireAsync(Token);
        app.Write("a.js", Fine.Replace("fine", "new", StringComparison.Ordinal));

        var reloading = function.ReloadAsync(Token).AsTask();
        await AdvanceUntilAsync(time, reloading);
        function.Generation.ShouldBe(1);
        function.Error.ShouldNotBeNull().ShouldContain("tried again");
        lease.Release();
        (await function.GetAsync()).ShouldBe("fine");
        await app.LeasesReturnedAsync();

        var deployed = app.Logs.WaitForAsync(e => e.Id == 200 && e.Message.Contains("generation 2", StringComparison.Ordinal));
        await AdvanceUntilAsync(time, deployed);

        await Eventually.HoldsAsync(() => function.Generation == 2);
        (await function.GetAsync()).ShouldBe("new");
    }

    [Fact]
    public async Task DeployAsync_TopLevelWaitsForLongerThanStartupTimeout_IsTriedAgainAndLoggedOnce()
    {
        var time = new FakeTimeProvider();
        await using var app = await FunctionApp.StartAsync(null, time);

        var deploying = app.TryDeployAsync($"console.log('begun'); await new Promise(() => {{}}); {Fine}");
        await AdvanceUntilAsync(time, deploying);
        (await deploying).Error.ShouldNotBeNull().ShouldContain("JsRun:Limits:StartupTimeout");

        await AdvanceUntilAsync(time, Eventually.HoldsAsync(() => app.Logs.Entries.Count(e => e.Id == 203) == 2));

        app.Logs.Entries.Count(e => e.Id == 101 && e.Message.Contains("begun", StringComparison.Ordinal)).ShouldBeGreaterThanOrEqualTo(3);
        app.Logs.Entries.Count(e => e.Id == 201).ShouldBe(1);
        await app.LeasesReturnedAsync();
    }

    [Theory]
    [InlineData("throw new Error('broken');")]
    [InlineData("const a = [];\nfor (;;) a.push(new Array(1000).fill(0.5));")]
    public async Task DeployAsync_FaultOfTheFunction_IsFinal(string top)
    {
        var time = new FakeTimeProvider();
        await using var app = await FunctionApp.StartAsync(static o => o.Limits.MaxHeapBytes = 48 << 20, time);

        var function = await app.TryDeployAsync($"{top}\n{Fine}");

        function.State.ShouldBe(EdgeFunctionState.Failed);
        function.Error.ShouldNotBeNull().ShouldNotContain("tried again");
        app.Logs.Entries.ShouldNotContain(e => e.Id == 104, "no request is there to be accused");
        (await (await app.EchoAsync()).GetAsync("/next")).ShouldBe("/next");
    }

    [Fact]
    public async Task DeployAsync_DoesNotWaitForTopLevel_RequestsDo()
    {
        var time = new FakeTimeProvider();
        await using var app = await FunctionApp.StartAsync(static o => (o.Limits.StartupTimeout, o.Limits.Timeout) = (TimeSpan.FromMinutes(5), TimeSpan.FromMinutes(10)), time);
        app.Write("late.js", $"await new Promise((go) => setTimeout(go, 50_000)); {Fine}");
        var deploying = app.DeployFileAsync("late.js", "", waitsForTopLevel: false).AsTask();
        await AdvanceUntilAsync(time, deploying, milliseconds: 100);

        var function = await deploying;
        app.Logs.Entries.ShouldContain(e => e.Id == 204);
        function.State.ShouldBe(EdgeFunctionState.Failed);
        var changed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        function.StateChanged += (_, _) => changed.TrySetResult();
        var answer = function.GetAsync();
        answer.IsCompleted.ShouldBeFalse();
        await AdvanceUntilAsync(time, changed.Task, milliseconds: 100);

        await AdvanceUntilAsync(time, answer, milliseconds: 100);
        (await answer).ShouldBe("fine");
        function.State.ShouldBe(EdgeFunctionState.Ready);
    }

    [Fact]
    public async Task ReloadAsync_WhileATopLevelHangs_TakesItsPlace()
    {
        var time = new FakeTimeProvider();
        await using var app = await FunctionApp.StartAsync(static o => o.Limits.StartupTimeout = TimeSpan.FromMinutes(5), time);
        app.Write("a.js", $"await new Promise(() => {{}}); {Fine}");
        var deploying = app.DeployFileAsync("a.js", "", waitsForTopLevel: false).AsTask();
        await AdvanceUntilAsync(time, deploying, milliseconds: 100);
        var function = await deploying;
        var answer = function.GetAsync();

        app.Write("a.js", Fine);

        (await function.ReloadAsync(Token).InTime()).ShouldBeTrue();
        (await answer.InTime()).ShouldBe("fine");
        await app.LeasesReturnedAsync();
    }

    [Fact]
    [Trait("Clock", "real")]
    public async Task DeployAsync_ManyHang_OthersAreDeployed()
    {
        var time = new FakeTimeProvider();
        await using var app = await FunctionApp.StartAsync(null, time);
        var count = (2 * Math.Max(2, Environment.ProcessorCount)) + 1;
        for (var i = 0; i < count; i++)
        {
            app.Write($"hang{i}.js", $"await new Promise(() => {{}}); {Fine}");
            _ = app.DeployFileAsync($"hang{i}.js", "").AsTask();
        }

        var function = await app.DeployAsync(Fine).InTime();

        (await function.GetAsync()).ShouldBe("fine");
    }

    /// <summary>Lets the clock go on until something has ended.</summary>
    private static async Task AdvanceUntilAsync(FakeTimeProvider time, Task task, int milliseconds = 500)
    {
        var started = Environment.TickCount64;
        while (!task.IsCompleted)
        {
            (Environment.TickCount64 - started).ShouldBeLessThan(30_000, "it did not end");
            time.Advance(TimeSpan.FromMilliseconds(milliseconds));
            await Task.WhenAny(task, Task.Delay(5, Token));
        }

        await task;
    }
}
