using JsRun.Scheduling;

namespace JsRun.Hosting.Tests.Scheduling;

public sealed class WorkLaneTests
{
    private static readonly TimeSpan Ceiling = TimeSpan.FromSeconds(30);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task RunAsync_Work_RunsOffTheThreadPool()
    {
        (await new WorkLane(1).RunAsync(() => Thread.CurrentThread.IsThreadPoolThread, Token).WaitAsync(Ceiling, Token)).ShouldBeFalse();
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public async Task RunAsync_MoreThanTheLaneHolds_WaitsForItsTurn(int most)
    {
        using var gate = new ManualResetEventSlim();
        using var begun = new SemaphoreSlim(0);
        var lane = new WorkLane(most);
        var running = 0;
        var highest = 0;
        var tasks = Enumerable.Range(0, most + 2).Select(i => lane.RunAsync(
            () =>
            {
                InterlockedMax(ref highest, Interlocked.Increment(ref running));
                begun.Release();
                gate.Wait(Ceiling);
                Interlocked.Decrement(ref running);
                return i;
            },
            Token)).ToArray();
        for (var i = 0; i < most; i++)
        {
            (await begun.WaitAsync(Ceiling, Token)).ShouldBeTrue();
        }

        gate.Set();

        (await Task.WhenAll(tasks).WaitAsync(Ceiling, Token)).ShouldBe(Enumerable.Range(0, most + 2));
        highest.ShouldBe(most);
    }

    [Fact]
    public async Task RunAsync_AnotherLaneIsFull_RunsAtOnce()
    {
        using var gate = new ManualResetEventSlim();
        var full = new WorkLane(1);
        var stuck = full.RunAsync(() => gate.Wait(Ceiling), Token);
        var waiting = full.RunAsync(() => true, Token);

        (await new WorkLane(1).RunAsync(() => true, Token).WaitAsync(Ceiling, Token)).ShouldBeTrue();

        waiting.IsCompleted.ShouldBeFalse();
        gate.Set();
        (await stuck.WaitAsync(Ceiling, Token)).ShouldBeTrue();
        (await waiting.WaitAsync(Ceiling, Token)).ShouldBeTrue();
    }

    [Fact]
    public async Task RunAsync_CancelledWhileItWaits_IsNeverBegun()
    {
        using var gate = new ManualResetEventSlim();
        using var cancellation = new CancellationTokenSource();
        var lane = new WorkLane(1);
        var stuck = lane.RunAsync(() => gate.Wait(Ceiling), Token);
        var begun = false;
        var waiting = lane.RunAsync(() => begun = true, cancellation.Token);

        await cancellation.CancelAsync();

        await Should.ThrowAsync<OperationCanceledException>(() => waiting.WaitAsync(Ceiling, Token));
        gate.Set();
        await stuck.WaitAsync(Ceiling, Token);
        (await lane.RunAsync(() => true, Token).WaitAsync(Ceiling, Token)).ShouldBeTrue();
        begun.ShouldBeFalse();
    }

    [Fact]
    public async Task RunOrLeaveAsync_CancelledWhileItRuns_KeepsItsPlace()
    {
        using var gate = new ManualResetEventSlim();
        using var begun = new SemaphoreSlim(0);
        using var cancellation = new CancellationTokenSource();
        var lane = new WorkLane(1);
        var left = lane.RunOrLeaveAsync(
            () =>
            {
                begun.Release();
                return gate.Wait(Ceiling);
            },
            cancellation.Token);
        (await begun.WaitAsync(Ceiling, Token)).ShouldBeTrue();

        await cancellation.CancelAsync();

        await Should.ThrowAsync<OperationCanceledException>(() => left.WaitAsync(Ceiling, Token));
        var next = lane.RunAsync(() => true, Token);
        next.IsCompleted.ShouldBeFalse();
        gate.Set();
        (await next.WaitAsync(Ceiling, Token)).ShouldBeTrue();
    }

    [Fact]
    public async Task RunAsync_WorkThrows_TheLaneGoesOn()
    {
        var lane = new WorkLane(1);

        (await Should.ThrowAsync<InvalidOperationException>(() => lane.RunAsync<int>(() => throw new InvalidOperationException("mine"), Token).WaitAsync(Ceiling, Token))).Message.ShouldBe("mine");

        (await lane.RunAsync(() => true, Token).WaitAsync(Ceiling, Token)).ShouldBeTrue();
    }

    private static void InterlockedMax(ref int highest, int value)
    {
        int seen;
        while ((seen = Volatile.Read(ref highest)) < value && Interlocked.CompareExchange(ref highest, value, seen) != seen)
        {
        }
    }
}
