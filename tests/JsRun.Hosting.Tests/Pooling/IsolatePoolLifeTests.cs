using JsRun.Pooling;
using Microsoft.Extensions.Time.Testing;

namespace JsRun.Hosting.Tests.Pooling;

/// <summary>How a pool replaces its isolates, loses them, and ends.</summary>
public sealed class IsolatePoolLifeTests : IAsyncDisposable
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

    // What it evaluates while it is warmed could run for ever, and nobody watches over it once the host has ended.
    [Fact]
    public async Task Dispose_WhileAnIsolateIsMade_EndsItToo()
    {
        _options.RecycleAfter = 1;
        var pool = await WarmAsync();
        _factory.Holds = true;
        (await pool.AcquireAsync(Token)).Release();
        await Eventually.HoldsAsync(() => _factory.Waiting == 1);

        await pool.DisposeAsync();

        _factory.Stopped.ShouldBe(1);
    }

    [Fact]
    public async Task WarmAsync_PoolHasStopped_MakesNoneAndEnds()
    {
        _pool = new IsolatePool<FakeIsolate>("", _factory, _options, _time, _logs.CreateLogger("test"));
        (await _pool.DrainAsync(Token)).ShouldBeTrue();

        // On another thread: what never ended would do so under the pool's lock.
        await Task.Run(() => _pool.WarmAsync(), Token).InTime();

        _pool.Status.Isolates.ShouldBe(0);
    }

    [Fact]
    public async Task DrainAsync_LeaseRests_IsWaitedForWhileItsHolderDoesSomething()
    {
        var pool = await WarmAsync();
        var lease = await pool.AcquireAsync(Token);
        lease.Rest();
        lease.Begin();
        lease.Begin();

        var drained = pool.DrainAsync(Token);
        lease.End();
        drained.IsCompleted.ShouldBeFalse();
        lease.End();

        (await drained.InTime()).ShouldBeTrue();
        pool.Status.Leases.ShouldBe(1);
        lease.Release();
        lease.End();
        pool.Status.Leases.ShouldBe(0);
    }

    [Fact]
    public async Task TryAcquire_NoneIsFree_GivesNoneAndDoesNotWait()
    {
        var pool = await WarmAsync();
        var lease = pool.TryAcquire();

        lease.ShouldNotBeNull();
        pool.TryAcquire().ShouldBeNull();
        lease.Release();
        pool.TryAcquire().ShouldNotBeNull().Release();
        await pool.DrainAsync(Token);
        Should.Throw<JsTerminatedException>(() => pool.TryAcquire());
    }

    [Fact]
    public async Task Release_RecycleAfterIsReached_ReplacementIsReadyBeforeTheOldOneRetires()
    {
        _options.RecycleAfter = 2;
        var pool = await WarmAsync();
        var old = _factory.Made[0];
        (await pool.AcquireAsync(Token)).Release();
        _factory.Holds = true;
        var last = await pool.AcquireAsync(Token);
        last.Release();

        await Eventually.HoldsAsync(() => _factory.Waiting == 1);
        var meanwhile = await pool.AcquireAsync(Token);
        meanwhile.Isolate.ShouldBe(old, "it serves until its replacement is there");
        _factory.LetGo();
        await Eventually.HoldsAsync(() => pool.Status.Retiring == 1);
        old.Stopped.IsCompleted.ShouldBeFalse("it finishes what it has");
        (await pool.AcquireAsync(Token).InTime()).Isolate.ShouldNotBe(old);

        meanwhile.Release();
        await old.Stopped.InTime();
        old.WasInterrupted.ShouldBeFalse();
        pool.Status.Retiring.ShouldBe(0);
        _factory.Made.Length.ShouldBe(2);
    }

    [Fact]
    public async Task Release_ExhaustedIsolate_IsReplaced()
    {
        var pool = await WarmAsync();
        var old = _factory.Made[0];
        var lease = await pool.AcquireAsync(Token);
        old.NeedsReplacement = true;
        lease.Release();

        await old.Stopped.InTime();
        (await pool.AcquireAsync(Token).InTime()).Isolate.ShouldBe(_factory.Made[1]);
    }

    [Fact]
    public async Task Renew_SeveralIsolates_AreReplacedOneAfterTheOther()
    {
        _options.MinIsolates = 2;
        _options.MaxIsolates = 2;
        var pool = await WarmAsync();
        var old = _factory.Made;
        old.Length.ShouldBe(2);
        _factory.Holds = true;

        var renewed = pool.Renew();
        await Eventually.HoldsAsync(() => _factory.Waiting == 1);
        pool.Status.Isolates.ShouldBe(2, "both serve until the first replacement is there");
        _factory.LetGo();
        await Eventually.HoldsAsync(() => _factory.Waiting == 1 && old.Count(i => i.Stopped.IsCompleted) == 1);
        renewed.IsCompleted.ShouldBeFalse();
        _factory.LetGo();

        await renewed.InTime();
        await Eventually.HoldsAsync(() => old.All(i => i.Stopped.IsCompleted));
        pool.Status.ShouldBe(new JsPoolStatus { Isolates = 2, MaxIsolates = 2, QueueLimit = 1000 });
        _factory.Made.Length.ShouldBe(4);
        old.ShouldAllBe(i => !i.WasInterrupted);
    }

    [Fact]
    public async Task Renew_ReplacementFails_IsTriedAgainWithTheNextLease()
    {
        var pool = await WarmAsync();
        var old = _factory.Made[0];
        _factory.Failure = new InvalidOperationException("no memory");
        var renewed = pool.Renew();
        await _logs.WaitForAsync(e => e.Id == 1);
        _factory.Failure = null;

        (await pool.AcquireAsync(Token)).Release();
        await renewed.InTime();
        await old.Stopped.InTime();
    }

    [Fact]
    public async Task Renew_WhileAnIsolateIsMade_ReplacesThatToo()
    {
        _options.MinIsolates = 1;
        _factory.Holds = true;
        var pool = NewPool();
        var warm = pool.WarmAsync();
        await Eventually.HoldsAsync(() => _factory.Waiting == 1);
        var renewed = pool.Renew();
        renewed.IsCompleted.ShouldBeFalse("what is being made may have begun from the old");
        _factory.LetGo();
        await warm.InTime();
        await Eventually.HoldsAsync(() => _factory.Waiting == 1);
        _factory.LetGo();

        await renewed.InTime();
        _factory.Made.Length.ShouldBe(2);
        await _factory.Made[0].Stopped.InTime();
    }

    [Fact]
    public async Task Release_LeasesThatMakeNoContext_NeverRecycle()
    {
        _options.RecycleAfter = 1;
        var pool = await WarmAsync();

        for (var i = 0; i < 3; i++)
        {
            (await pool.AcquireAsync(Token, countsUse: false)).Release();
        }

        (await pool.AcquireAsync(Token, countsUse: false).InTime()).Isolate.ShouldBe(_factory.Made[0]);
        _factory.Made.Length.ShouldBe(1);
        _factory.Waiting.ShouldBe(0);
    }

    [Fact]
    public async Task Release_ReplacementFails_IsTriedAgain()
    {
        _options.RecycleAfter = 1;
        var pool = await WarmAsync();
        _factory.Failure = new InvalidOperationException("no memory");
        (await pool.AcquireAsync(Token)).Release();
        await _logs.WaitForAsync(e => e.Id == 1);
        _factory.Failure = null;

        (await pool.AcquireAsync(Token).InTime()).Release();

        await _factory.Made[0].Stopped.InTime();
        _factory.Made.Length.ShouldBe(2);
    }

    [Fact]
    public async Task Trim_IdleForLong_KeepsTheLeast()
    {
        _options.MinIsolates = 1;
        _options.MaxIsolates = 3;
        var pool = await WarmAsync();
        var leases = new[] { await pool.AcquireAsync(Token).InTime(), await pool.AcquireAsync(Token).InTime(), await pool.AcquireAsync(Token).InTime() };
        leases[0].Release();
        leases[1].Release();

        _time.Advance(_options.IdleTimeout);

        // The third is leased and stays; so one of the two idle ones would be one too few... the least is one, which is leased.
        await Eventually.HoldsAsync(() => pool.Status is { Isolates: 1, Leases: 1 });
        leases[2].Release();
        _time.Advance(_options.IdleTimeout);
        _time.Advance(_options.IdleTimeout);
        pool.Status.Isolates.ShouldBe(1);
        (await pool.AcquireAsync(Token)).Isolate.ShouldBe(leases[2].Isolate);
    }

    [Fact]
    public async Task Lose_WithWaiters_IsReplacedAndItsLeasesComeBack()
    {
        var pool = await WarmAsync();
        var lease = await pool.AcquireAsync(Token);
        var waiting = pool.AcquireAsync(Token).AsTask();

        pool.Lose(lease.Isolate, quarantined: true);

        var next = await waiting.InTime();
        next.Isolate.ShouldNotBe(lease.Isolate);
        pool.Status.ShouldBe(new JsPoolStatus { Isolates = 1, Quarantined = 1, Leases = 2, MaxIsolates = 1, QueueLimit = 1000 });
        lease.Release();
        next.Release();
        pool.Status.Leases.ShouldBe(0);
    }

    [Fact]
    public async Task Lose_AsManyThreadsAsAreBorne_RefusesTheGroupUntilOneHasEnded()
    {
        _options.MaxQuarantined = 2;
        var pool = await WarmAsync();
        var first = await pool.AcquireAsync(Token);
        pool.Lose(first.Isolate, quarantined: true);
        first.Release();
        var second = await pool.AcquireAsync(Token).InTime();
        var waiting = pool.AcquireAsync(Token).AsTask();

        pool.Lose(second.Isolate, quarantined: true);
        second.Release();

        (await Should.ThrowAsync<JsPoolExhaustedException>(() => waiting.InTime())).Message.ShouldContain("JsRun:Pool:MaxQuarantined is 2");
        Should.Throw<JsPoolExhaustedException>(() => pool.AcquireAsync(Token).AsTask()).Message.ShouldContain("2 of its threads could not be stopped and still run");
        Should.Throw<JsPoolExhaustedException>(() => pool.TryAcquire());
        pool.Status.Quarantined.ShouldBe(2);
        _factory.Made.Length.ShouldBe(2);

        pool.Recover();

        pool.Status.Quarantined.ShouldBe(1);
        (await pool.AcquireAsync(Token).InTime()).Isolate.ShouldBe(_factory.Made[2]);
    }

    [Fact]
    public async Task Status_IsolateIsBeingReplaced_SaysSo()
    {
        var pool = await WarmAsync();
        _factory.Holds = true;

        pool.Lose(_factory.Made[0], quarantined: false);

        (pool.Status.Isolates, pool.Status.Starting).ShouldBe((0, 1));
    }

    [Fact]
    public async Task Lose_NobodyWaits_TheLeastIsKept()
    {
        var pool = await WarmAsync();

        pool.Lose(_factory.Made[0], quarantined: false);

        await Eventually.HoldsAsync(() => pool.Status.Isolates == 1);
        _factory.Made.Length.ShouldBe(2);
    }

    [Fact]
    public async Task DrainAsync_LeasesAreOut_WaitsForThemAndTakesNoMore()
    {
        var pool = await WarmAsync();
        var lease = await pool.AcquireAsync(Token);
        var waiting = pool.AcquireAsync(Token).AsTask();

        var draining = pool.DrainAsync(Token);

        await Should.ThrowAsync<JsTerminatedException>(async () => await waiting.InTime());
        await Should.ThrowAsync<JsTerminatedException>(async () => await pool.AcquireAsync(Token));
        draining.IsCompleted.ShouldBeFalse();
        lease.Release();
        (await draining.InTime()).ShouldBeTrue();
        _factory.Made[0].WasAborted.ShouldBeFalse();
    }

    [Fact]
    public async Task DrainAsync_TimeIsUp_AbortsWhatIsLeft()
    {
        var pool = await WarmAsync();
        _ = await pool.AcquireAsync(Token);
        using var cancellation = new CancellationTokenSource();
        var draining = pool.DrainAsync(cancellation.Token);

        await cancellation.CancelAsync();

        (await draining.InTime()).ShouldBeFalse();
        _factory.Made[0].WasAborted.ShouldBeTrue();
    }

    [Fact]
    public async Task DisposeAsync_Isolates_AreInterruptedAndStopped()
    {
        var pool = await WarmAsync();

        await pool.DisposeAsync();

        _factory.Made[0].WasInterrupted.ShouldBeTrue();
    }

    private IsolatePool<FakeIsolate> NewPool() => _pool = new IsolatePool<FakeIsolate>("", _factory, _options, _time, _logs.CreateLogger("pool"));

    private async Task<IsolatePool<FakeIsolate>> WarmAsync()
    {
        var pool = NewPool();
        await pool.WarmAsync();
        return pool;
    }
}
