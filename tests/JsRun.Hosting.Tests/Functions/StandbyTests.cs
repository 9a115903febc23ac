using JsRun.Functions;
using JsRun.Groups;
using JsRun.Scheduling;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace JsRun.Hosting.Tests.Functions;

/// <summary>How many pristine contexts stand by, and when an isolate has had enough of them.</summary>
public sealed class StandbyTests
{
    private const int Most = 8;

    [Fact]
    public async Task Standby_BurstsAndCalm_FollowsTheLoad()
    {
        var time = new FakeTimeProvider();
        await using var app = await FunctionApp.StartAsync(static o => o.Pool.MaxIsolates = 1, time);
        var function = await app.HandleAsync("return new Response('fine');");
        (await SettledAsync(app)).ShouldBe(1);

        await BurstUntilMostStandByAsync(app, function);

        time.Advance(TimeSpan.FromSeconds(11));
        (await SettledAsync(app)).ShouldBe(1, "nobody has come for a while");

        await BurstUntilMostStandByAsync(app, function);
    }

    [Fact]
    public async Task Standby_LargeContexts_TakeAQuarterOfTheHeapAtMost()
    {
        await using var app = await FunctionApp.StartAsync(static o =>
        {
            o.Pool.MaxIsolates = 1;
            o.Limits.MaxHeapBytes = 128 << 20;
        });
        // 4.8 MB of numbers in each: all of a burst may be alive at once, and eight that stand by would take more than a quarter.
        var function = await app.HandleAsync("return new Response('fine');", top: "const numbers = Array.from({ length: 600_000 }, (_, i) => i + 0.5); globalThis.keep = () => numbers;");
        var isolate = IsolateOf(app);

        await BurstAsync(isolate, function);

        (await SettledAsync(app)).ShouldBeInRange(1, 6);
    }

    [Theory]
    [InlineData(JsIsolation.PerRequest)]
    [InlineData(JsIsolation.Shared)]
    public async Task Standby_ManyFunctions_TheHeapIsLargeEnoughForAllAndTheLeastRecentGoFirst(JsIsolation isolation)
    {
        var time = new FakeTimeProvider();
        await using var app = await FunctionApp.StartAsync(o =>
        {
            o.Isolation = isolation;
            o.Pool.MaxIsolates = 1;
            o.Limits.MaxHeapBytes = 64 << 20;
        }, time);
        // 1.6 MB each: forty that stood by would take the whole heap.
        var functions = new List<EdgeFunction>();
        for (var i = 0; i < 40; i++)
        {
            functions.Add(await app.HandleAsync("return new Response('fine');", top: "const numbers = Array.from({ length: 200_000 }, (_, i) => i + 0.5); globalThis.keep = () => numbers;"));
        }

        foreach (var function in functions)
        {
            time.Advance(TimeSpan.FromMilliseconds(1));
            (await function.GetAsync()).ShouldBe("fine");
        }

        var isolate = IsolateOf(app);
        time.Advance(TimeSpan.FromSeconds(11));
        var most = isolation == JsIsolation.PerRequest ? 12 : 35;
        (await SettledAsync(app)).ShouldBeInRange(1, most);
        app.Logs.Entries.ShouldNotContain(e => e.Id == 104 || e.Id == 129, "nobody's request met a heap that is full");
        (await OnThreadAsync(isolate, () => isolate.ShelfOf(functions[0].Definition()).IsStocked)).ShouldBeFalse("it was used least recently");
        (await OnThreadAsync(isolate, () => isolate.ShelfOf(functions[39].Definition()).IsStocked)).ShouldBeTrue("it was used last");
    }

    [Fact]
    public async Task Standby_CalledAgain_TakesThePlaceOfWhatNobodyCalls()
    {
        var time = new FakeTimeProvider();
        await using var app = await FunctionApp.StartAsync(static o => (o.Pool.MaxIsolates, o.Limits.MaxHeapBytes) = (1, 64 << 20), time);
        const string Top = "const numbers = Array.from({ length: 600_000 }, (_, i) => i + 0.5); globalThis.keep = () => numbers;";
        var functions = new List<EdgeFunction>();
        for (var i = 0; i < 10; i++)
        {
            functions.Add(await app.HandleAsync("return new Response('fine');", top: Top));
        }

        time.Advance(TimeSpan.FromSeconds(11));
        await functions[0].GetAsync();
        await SettledAsync(app);
        var isolate = IsolateOf(app);
        (await OnThreadAsync(isolate, () => isolate.ShelfOf(functions[0].Definition()).IsStocked)).ShouldBeTrue();

        time.Advance(TimeSpan.FromSeconds(61));
        await functions[0].GetAsync();

        (await SettledAsync(app)).ShouldBeInRange(1, 2, "nothing stands by for functions that nobody calls");
        (await OnThreadAsync(isolate, () => isolate.ShelfOf(functions[0].Definition()).IsStocked)).ShouldBeTrue();
        (await functions[5].GetAsync()).ShouldBe("fine");
    }

    [Fact]
    public async Task Take_HeapIsFullOfRequestsThatWait_OthersBeginElsewhereOrWait()
    {
        await using var app = await FunctionApp.StartAsync(static o =>
        {
            (o.Pool.MaxIsolates, o.Pool.LeasesPerIsolate, o.Pool.QueueTimeout, o.Pool.MaxStreamPercent) = (2, 1000, TimeSpan.FromMinutes(10), 100);
            o.Limits.MaxHeapBytes = 64 << 20;
            o.Limits.Timeout = TimeSpan.FromMinutes(10);
        });
        var function = await app.HandleAsync(
            "await request.text(); return new Response('fine');",
            top: "const numbers = Array.from({ length: 200_000 }, (_, i) => i + 0.5); globalThis.keep = () => numbers;");
        var bodies = Enumerable.Range(0, 120).Select(_ => new System.IO.Pipelines.Pipe()).ToArray();
        var answers = bodies.Select(b => function.SendAsync(EdgeFunctionCalls.Post(b.Reader))).ToArray();

        await Eventually.HoldsAsync(() => app.Pool is { Isolates: 2, Queued: > 0 }, () => $"{app.Pool}");
        foreach (var body in bodies)
        {
            await body.Writer.CompleteAsync();
        }

        (await Task.WhenAll(answers).InTime()).ShouldAllBe(a => a == "fine");
        app.Logs.Entries.ShouldNotContain(e => e.Id == 104 || e.Id == 129);
    }

    [Theory]
    [InlineData(2_500_000, true)]
    [InlineData(10, false)]
    public async Task HeapGrowth_SampledAgainAndAgain_NeedsReplacementIfTheHeapStaysHigh(int numbers, bool exhausted)
    {
        await using var app = await FunctionApp.StartAsync(static o =>
        {
            o.Pool.MaxIsolates = 1;
            o.Isolation = JsIsolation.Shared;
            o.Limits.MaxHeapBytes = 24 << 20;
        });
        var function = await app.HandleAsync("return new Response('fine');", top: $"const numbers = new Array({numbers}).fill(0.5); globalThis.keep = () => numbers;");
        await function.GetAsync();
        var isolate = IsolateOf(app);
        var growth = new HeapGrowth(isolate.Isolate);

        await OnThreadAsync(isolate, () =>
        {
            growth.Sample();
            growth.NeedsReplacement.ShouldBeFalse("one look says nothing");
            for (var i = 0; i < 2000; i++)
            {
                growth.Sample();
            }

            return 0;
        });

        growth.NeedsReplacement.ShouldBe(exhausted);
    }

    private static PooledIsolate IsolateOf(FunctionApp app) => app.Host.Services.GetRequiredService<PoolGroups>().Get("").Pool.Isolates.Single();

    /// <summary>More requests than may stand by, all there before the first begins.</summary>
    private static async Task BurstAsync(PooledIsolate isolate, EdgeFunction function)
    {
        const int Count = 2 * Most;
        var gate = new ManualResetEventSlim();
        isolate.Isolate.Post(new ActionItem(gate.Wait));
        try
        {
            var answers = Enumerable.Range(0, Count).Select(_ => function.GetAsync()).ToArray();
            await Eventually.HoldsAsync(() => isolate.Isolate.Backlog >= Count);
            gate.Set();
            (await Task.WhenAll(answers)).ShouldAllBe(a => a == "fine");
        }
        finally
        {
            gate.Set();
        }
    }

    /// <summary>One for each of the next burst, within reason. Where a request takes long on a busy machine those behind it come again, one by one, and need fewer at once.</summary>
    private static async Task BurstUntilMostStandByAsync(FunctionApp app, EdgeFunction function)
    {
        var standby = 0;
        for (var i = 0; i < 20 && standby != Most; i++)
        {
            await BurstAsync(IsolateOf(app), function);
            standby = await SettledAsync(app);
        }

        standby.ShouldBe(Most);
    }

    /// <summary>The contexts there are once nothing is left to be made ready or disposed of.</summary>
    private static async Task<int> SettledAsync(FunctionApp app)
    {
        await app.LeasesReturnedAsync();
        var isolate = IsolateOf(app);
        return await OnThreadAsync(isolate, () =>
        {
            while (isolate.Isolate.Chore!())
            {
            }

            return isolate.Isolate.Contexts.Count;
        });
    }

    private static Task<T> OnThreadAsync<T>(PooledIsolate isolate, Func<T> action)
    {
        var done = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
        isolate.Isolate.Post(new ActionItem(() =>
        {
            try
            {
                done.SetResult(action());
            }
            catch (Exception e)
            {
                done.SetException(e);
            }
        }));
        return done.Task.InTime();
    }
}
