using JsRun.Pooling;
using Microsoft.Extensions.Time.Testing;

namespace JsRun.Hosting.Tests.Pooling;

/// <summary>What requests that depend on their clients may take: leases, isolates, and isolates that retire.</summary>
public sealed class PoolClientsTests : IAsyncDisposable
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    private readonly FakeIsolateFactory _factory = new();
    private readonly FakeTimeProvider _time = new();
    private readonly LogCollector _logs = new();
    private readonly JsRunPoolOptions _options = new() { MinIsolates = 1, MaxIsolates = 1, LeasesPerIsolate = 4, MaxStreamPercent = 50 };
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
    public async Task Acquire_StreamsHoldAllLeases_TheNewestBeyondTheirPartMakesRoom()
    {
        var pool = await WarmAsync();
        var streams = new List<FakeHolder>();
        for (var i = 0; i < 4; i++)
        {
            _time.Advance(TimeSpan.FromMilliseconds(1));
            streams.Add(new FakeHolder(await pool.AcquireAsync(Token)));
        }

        var waiting = pool.AcquireAsync(Token).AsTask();
        _time.Advance(Second / 2);
        waiting.IsCompleted.ShouldBeFalse();
        pool.Status.Streams.ShouldBe(0, "they have been there for a moment only");
        _time.Advance(Second / 2);

        (await waiting.InTime()).Release();
        streams.Select(s => s.WasDisplaced).ShouldBe([false, false, false, true]);
        pool.Status.Streams.ShouldBe(3);
        var entry = _logs.Entries.Single(e => e.Id == 3);
        entry.Message.ShouldContain("4 of /stream");
        entry.Message.ShouldContain("JsRun:Pool:MaxIsolates");
    }

    [Fact]
    public async Task Acquire_StreamsHoldTheirPartAndOthersTheRest_NobodyIsEnded()
    {
        var pool = await WarmAsync();
        var streams = new[] { new FakeHolder(await pool.AcquireAsync(Token)), new FakeHolder(await pool.AcquireAsync(Token)) };
        var others = new[] { await pool.AcquireAsync(Token), await pool.AcquireAsync(Token) };

        var waiting = pool.AcquireAsync(Token).AsTask();
        _time.Advance(2 * Second);

        waiting.IsCompleted.ShouldBeFalse();
        streams.ShouldAllBe(s => !s.WasDisplaced);
        pool.Status.LongestWait.ShouldBeGreaterThanOrEqualTo(Second);
        _logs.Entries.Count(e => e.Id == 3).ShouldBe(1, "it is said once in a while");
        others[0].Release();
        (await waiting.InTime()).Release();
        pool.Status.LongestWait.ShouldBe(TimeSpan.Zero);
    }

    [Fact]
    public async Task MayStream_BeyondTheirPart_OnlyWhileHalfOfTheRestIsFree()
    {
        _options.LeasesPerIsolate = 8;
        var pool = await WarmAsync();
        var lease = await pool.AcquireAsync(Token);
        var streams = new List<FakeHolder>();
        for (var i = 0; i < 4; i++)
        {
            lease.MayStream().ShouldBeTrue();
            streams.Add(new FakeHolder(await pool.AcquireAsync(Token)));
        }

        _time.Advance(Second);
        lease.MayStream().ShouldBeTrue("three of the other four are free");
        var other = await pool.AcquireAsync(Token);

        lease.MayStream().ShouldBeFalse();
        other.Release();
        lease.MayStream().ShouldBeTrue();
        streams[0].AwaitsClient = false;
        streams[0].Displace("");
        _ = await pool.AcquireAsync(Token);
        _ = await pool.AcquireAsync(Token);
        lease.MayStream().ShouldBeTrue("they hold less than their part");
    }

    [Fact]
    public async Task Acquire_HalfOfAnIsolateIsTaken_TheNextIsMade()
    {
        _options.MaxIsolates = 2;
        var pool = await WarmAsync();
        for (var i = 0; i < 3; i++)
        {
            _ = await pool.AcquireAsync(Token);
        }

        await Eventually.HoldsAsync(() => pool.Status.Isolates == 2);

        (await pool.AcquireAsync(Token)).Isolate.ShouldBe(_factory.Made[1]);
    }

    [Fact]
    public async Task Refuse_NoRoomOnTheIsolate_GetsNoMoreUntilALeaseIsBack()
    {
        var pool = await WarmAsync();
        var first = await pool.AcquireAsync(Token);
        (await pool.AcquireAsync(Token)).Refuse();

        var waiting = pool.AcquireAsync(Token).AsTask();
        waiting.IsCompleted.ShouldBeFalse();
        first.Release();

        (await waiting.InTime()).Refuse();
        (await pool.AcquireAsync(Token)).Release();
    }

    [Fact]
    public async Task Retire_StreamStaysOpen_EndsAfterRetireTimeoutAndTheIsolateWithIt()
    {
        (_options.RecycleAfter, _options.RetireTimeout) = (2, TimeSpan.FromMinutes(1));
        var pool = await WarmAsync();
        var stream = new FakeHolder(await pool.AcquireAsync(Token));
        (await pool.AcquireAsync(Token)).Release();
        await Eventually.HoldsAsync(() => pool.Status.Retiring == 1);

        _time.Advance(TimeSpan.FromSeconds(59));
        stream.WasDisplaced.ShouldBeFalse();
        _time.Advance(Second);

        stream.WasDisplaced.ShouldBeTrue();
        await _factory.Made[0].Stopped.InTime();
        pool.Status.Retiring.ShouldBe(0);
        _logs.Entries.Count(e => e.Id == 4).ShouldBe(1);
    }

    [Fact]
    public async Task Retire_StreamAndAnswer_OnlyTheStreamEnds()
    {
        _options.RecycleAfter = 3;
        var pool = await WarmAsync();
        var stream = new FakeHolder(await pool.AcquireAsync(Token));
        var answer = new FakeHolder(await pool.AcquireAsync(Token)) { AwaitsClient = false };
        (await pool.AcquireAsync(Token)).Release();
        await Eventually.HoldsAsync(() => pool.Status.Retiring == 1);

        _time.Advance(_options.RetireTimeout);

        stream.WasDisplaced.ShouldBeTrue();
        answer.WasDisplaced.ShouldBeFalse();
        answer.AwaitsClient = true;
        _time.Advance(_options.RetireTimeout);
        answer.WasDisplaced.ShouldBeTrue("it has become a stream");
        await _factory.Made[0].Stopped.InTime();
    }

    [Fact]
    public async Task Retire_ManyKeepAStream_NoMoreThanHalfOfTheMostWait()
    {
        (_options.MaxIsolates, _options.RecycleAfter) = (4, 2);
        var pool = await WarmAsync();
        for (var i = 0; i < 20; i++)
        {
            var made = _factory.Made.Length;
            _ = new FakeHolder(await pool.AcquireAsync(Token));
            (await pool.AcquireAsync(Token)).Release();
            await Eventually.HoldsAsync(() => _factory.Made.Length > made && pool.Status.Isolates == 1);
            await Eventually.HoldsAsync(() => pool.Status.Retiring <= 2, () => $"{pool.Status}");
            _time.Advance(TimeSpan.FromMilliseconds(1));
        }

        pool.Status.Retiring.ShouldBe(2);
        _factory.Made.Count(i => i.Stopped.IsCompleted).ShouldBe(18);
    }

    private async Task<IsolatePool<FakeIsolate>> WarmAsync()
    {
        _pool = new IsolatePool<FakeIsolate>("", _factory, _options, _time, _logs.CreateLogger("pool"));
        await _pool.WarmAsync();
        return _pool;
    }
}
