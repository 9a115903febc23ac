using JsRun.Pooling;
using Microsoft.Extensions.Time.Testing;

namespace JsRun.Hosting.Tests.Pooling;

public sealed class IsolatePoolTests : IAsyncDisposable
{
    private readonly FakeIsolateFactory _factory = new();
    private readonly FakeTimeProvider _time = new();
    private readonly LogCollector _logs = new();
    private readonly JsRunPoolOptions _options = new() { MinIsolates = 1, MaxIsolates = 1, LeasesPerIsolate = 1 };
    private IsolatePool<FakeIsolate>? _pool;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask DisposeAsync()
    {
        if (_pool is not null)
        {
            await _pool.DisposeAsync();
        }

        _logs.Dispose();
    }

    [Fact]
    public async Task AcquireAsync_TwoIsolates_LeastBusyIsChosen()
    {
        _options.MinIsolates = _options.MaxIsolates = 2;
        _options.LeasesPerIsolate = 10;
        var pool = await WarmAsync();
        var (first, second) = (_factory.Made[0], _factory.Made[1]);

        (await pool.AcquireAsync(Token)).Isolate.ShouldBe(first);
        (await pool.AcquireAsync(Token)).Isolate.ShouldBe(second);
        first.Backlog = 5;
        (await pool.AcquireAsync(Token)).Isolate.ShouldBe(second);
        (await pool.AcquireAsync(Token)).Isolate.ShouldBe(second);
        first.Backlog = 0;
        (await pool.AcquireAsync(Token)).Isolate.ShouldBe(first);
        pool.Status.Leases.ShouldBe(5);
    }

    [Fact]
    public async Task AcquireAsync_LoopIsInALongTurn_GivesNoLeaseUntilTheTurnEnds()
    {
        _options.LeasesPerIsolate = 10;
        var pool = await WarmAsync();
        var isolate = _factory.Made[0];
        isolate.IsBusy = true;

        var waiting = pool.AcquireAsync(Token).AsTask();
        pool.TurnEnded();
        waiting.IsCompleted.ShouldBeFalse();
        pool.Status.Queued.ShouldBe(1);

        isolate.IsBusy = false;
        pool.TurnEnded();
        (await waiting.InTime()).Isolate.ShouldBe(isolate);
        pool.Status.Queued.ShouldBe(0);
    }

    [Fact]
    public async Task AcquireAsync_OneBusyOneFree_TakesTheFreeOne()
    {
        _options.MinIsolates = _options.MaxIsolates = 2;
        var pool = await WarmAsync();
        _factory.Made[0].IsBusy = true;

        (await pool.AcquireAsync(Token)).Isolate.ShouldBe(_factory.Made[1]);
    }

    [Fact]
    public async Task Release_SeveralWait_TheyAreServedInOrder()
    {
        var pool = await WarmAsync();
        var lease = await pool.AcquireAsync(Token);
        var waiters = Enumerable.Range(0, 3).Select(_ => pool.AcquireAsync(Token).AsTask()).ToArray();

        for (var i = 0; i < waiters.Length; i++)
        {
            lease.Release();
            lease = await waiters[i].InTime();
            waiters.Skip(i + 1).ShouldAllBe(w => !w.IsCompleted);
        }

        lease.Release();
        pool.Status.Leases.ShouldBe(0);
    }

    [Fact]
    public async Task Release_Twice_CountsOnce()
    {
        _options.LeasesPerIsolate = 2;
        var pool = await WarmAsync();
        var first = await pool.AcquireAsync(Token);
        _ = await pool.AcquireAsync(Token);

        first.Release();
        first.Release();

        pool.Status.Leases.ShouldBe(1);
    }

    [Fact]
    public async Task AcquireAsync_QueueIsFull_FailsAtOnceAndNamesTheKey()
    {
        _options.QueueLimit = 1;
        var pool = await WarmAsync();
        var lease = await pool.AcquireAsync(Token);
        var waiting = pool.AcquireAsync(Token).AsTask();

        var error = await Should.ThrowAsync<JsPoolExhaustedException>(async () => await pool.AcquireAsync(Token).InTime());

        error.Message.ShouldContain("JsRun:Pool:QueueLimit");
        lease.Release();
        (await waiting.InTime()).Release();
        (await pool.AcquireAsync(Token).InTime()).Release();
    }

    [Fact]
    public async Task AcquireAsync_WaitsLongerThanTheQueueTimeout_FailsAndLeavesTheQueue()
    {
        var pool = await WarmAsync();
        var lease = await pool.AcquireAsync(Token);
        var waiting = pool.AcquireAsync(Token).AsTask();

        _time.Advance(_options.QueueTimeout - TimeSpan.FromMilliseconds(1));
        waiting.IsCompleted.ShouldBeFalse();
        _time.Advance(TimeSpan.FromMilliseconds(1));

        (await Should.ThrowAsync<JsPoolExhaustedException>(async () => await waiting.InTime())).Message.ShouldContain("JsRun:Pool:QueueTimeout");
        await Eventually.HoldsAsync(() => pool.Status.Queued == 0);
        lease.Release();
        pool.Status.Leases.ShouldBe(0);
        (await pool.AcquireAsync(Token).InTime()).Release();
    }

    [Fact]
    public async Task AcquireAsync_Cancelled_LeavesTheQueueAndTheNextIsServed()
    {
        var pool = await WarmAsync();
        var lease = await pool.AcquireAsync(Token);
        using var cancellation = new CancellationTokenSource();
        var cancelled = pool.AcquireAsync(cancellation.Token).AsTask();
        var next = pool.AcquireAsync(Token).AsTask();

        await cancellation.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(async () => await cancelled.InTime());
        await Eventually.HoldsAsync(() => pool.Status.Queued == 1);
        lease.Release();

        (await next.InTime()).Release();
        pool.Status.Leases.ShouldBe(0);
    }

    [Fact]
    public async Task AcquireAsync_CancelledWhileServed_NoLeaseIsLost()
    {
        var pool = await WarmAsync();
        for (var i = 0; i < 2000; i++)
        {
            var lease = await pool.AcquireAsync(Token);
            using var cancellation = new CancellationTokenSource();
            var waiting = pool.AcquireAsync(cancellation.Token).AsTask();
            using var start = new Barrier(2);
            var cancelling = Task.Run(
                () =>
                {
                    start.SignalAndWait(Token);
                    cancellation.Cancel();
                },
                Token);
            start.SignalAndWait(Token);
            lease.Release();
            await cancelling;
            try
            {
                (await waiting.InTime()).Release();
            }
            catch (OperationCanceledException)
            {
                // That one gave up first.
            }

            await Eventually.HoldsAsync(() => pool.Status is { Leases: 0, Queued: 0 }, () => $"{i}: {pool.Status}");
        }
    }

    [Fact]
    public async Task AcquireAsync_AllTaken_GrowsToTheMostAndNoFurther()
    {
        _options.MaxIsolates = 3;
        var pool = await WarmAsync();

        var leases = new List<PoolLease<FakeIsolate>>();
        for (var i = 0; i < 3; i++)
        {
            leases.Add(await pool.AcquireAsync(Token).InTime());
        }

        var waiting = pool.AcquireAsync(Token).AsTask();
        pool.Status.ShouldBe(new JsPoolStatus { Isolates = 3, Leases = 3, Queued = 1, MaxIsolates = 3, QueueLimit = 1000 });
        _factory.Made.Length.ShouldBe(3);
        leases[1].Release();
        (await waiting.InTime()).Isolate.ShouldBe(leases[1].Isolate);
    }

    [Fact]
    public async Task AcquireAsync_IsolateCannotBeMade_FailsWithTheReason()
    {
        _options.MinIsolates = 0;
        _factory.Failure = new InvalidOperationException("no memory");
        var pool = NewPool();

        var error = await Should.ThrowAsync<JsPoolExhaustedException>(async () => await pool.AcquireAsync(Token).InTime());

        error.Message.ShouldContain("no memory");
        await Eventually.HoldsAsync(() => pool.Status.Queued == 0);
        _factory.Failure = null;
        (await pool.AcquireAsync(Token).InTime()).Release();
    }

    private IsolatePool<FakeIsolate> NewPool() => _pool = new IsolatePool<FakeIsolate>("", _factory, _options, _time, _logs.CreateLogger("pool"));

    private async Task<IsolatePool<FakeIsolate>> WarmAsync()
    {
        var pool = NewPool();
        await pool.WarmAsync();
        return pool;
    }
}
