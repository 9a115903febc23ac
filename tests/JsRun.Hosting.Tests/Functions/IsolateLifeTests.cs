using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace JsRun.Hosting.Tests.Functions;

/// <summary>What becomes of leases and the host when an isolate is stopped, and what idle isolates cost.</summary>
[Collection(IsolateLifeCollection.Name)]
public sealed class IsolateLifeTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    [Trait("Clock", "real")]
    public async Task StopAsync_JavaScriptLoops_EndsSoon()
    {
        var app = await FunctionApp.StartAsync(services: s => s.Configure<HostOptions>(o => o.ShutdownTimeout = TimeSpan.FromMilliseconds(500)));
        var loop = await app.HandleAsync("console.log('loops'); for (;;);");
        var looping = loop.InvokeAsync(EdgeFunctionCalls.Get(), Token).AsTask();
        await app.Logs.WaitForAsync(e => e.Message.Contains("loops", StringComparison.Ordinal));

        await app.DisposeAsync().InTime();

        await Should.ThrowAsync<JsTerminatedException>(async () => await looping.InTime());
    }

    [Fact]
    public async Task StopAsync_WaitUntilIsPending_WaitsForIt()
    {
        var app = await FunctionApp.StartAsync();
        var function = await app.HandleAsync("ctx.waitUntil(new Promise((resolve) => setTimeout(resolve, 300)).then(() => console.log('written'))); return new Response('answer');");
        (await function.GetAsync()).ShouldBe("answer");
        app.Pool.Leases.ShouldBe(1);

        await app.DisposeAsync().InTime();

        app.Logs.Entries.ShouldContain(e => e.Message.Contains("written", StringComparison.Ordinal));
    }

    [Fact]
    public async Task TopLevelAwait_LoopsOnceRequestsBegin_TheHostSurvivesAndNoLeaseIsLost()
    {
        await using var app = await FunctionApp.StartAsync(o =>
        {
            o.Isolation = JsIsolation.Shared;
            o.Pool.MaxIsolates = 2;
            o.Pool.MinIsolates = 2;
            o.Pool.LeasesPerIsolate = 2;
            o.Limits.Timeout = TimeSpan.FromSeconds(2);
            o.Limits.CpuTime = TimeSpan.FromSeconds(1);
        });
        // The handler runs when the top level has ended; what the top level left in the microtask queue must still be under the watchdog's eye then.
        var function = await app.DeployAsync("""
            let handled = 0;
            await new Promise((resolve) => setTimeout(resolve, 100));
            (async () => { for (let i = 0; i < 2000; i++) await null; while (handled > 0); })();
            export default { fetch() { handled++; return new Response('answer'); } }
            """);
        var echo = await app.EchoAsync();

        // Whatever they answer: what counts is that the watchdog ends each loop. Two at a time: one of them comes to an isolate that evaluates the top level only now.
        foreach (var answer in Enumerable.Range(0, 4).Select(_ => function.GetAsync()).ToArray())
        {
            await Record.ExceptionAsync(() => answer);
        }

        await app.LeasesReturnedAsync();
        (await echo.GetAsync("/alive")).ShouldBe("/alive");
    }

    [Fact]
    public async Task Timers_ThatSetEachOther_LetMessagesThrough()
    {
        await using var app = await OneIsolateAsync();
        var busy = await app.HandleAsync("""
            let left = 1e9;
            for (let i = 0; i < 200; i++) { const again = () => { if (left-- > 0) setTimeout(again, 0); }; again(); }
            console.log('spins'); await request.text(); return new Response('stopped');
            """);
        var echo = await app.EchoAsync();
        var body = new System.IO.Pipelines.Pipe();
        var spinning = busy.SendAsync(EdgeFunctionCalls.Post(body.Reader));
        await app.Logs.WaitForAsync(e => e.Message.Contains("spins", StringComparison.Ordinal));

        (await echo.GetAsync("/through")).ShouldBe("/through");
        await body.Writer.CompleteAsync();
        (await spinning).ShouldBe("stopped");
        await app.LeasesReturnedAsync();
    }

    [Fact]
    [Trait("Clock", "real")]
    [Trait("Upstream", "2.17: idle CPU of fifty runtimes")]
    public async Task Idle_FiftyIsolates_UseNoCpu()
    {
        // Threads of other tests, one of which is abandoned on purpose in a loop that nothing stops.
        var others = ThreadTimes([]).Keys.ToHashSet();
        await using var app = await FunctionApp.StartAsync(o => o.Pool.MinIsolates = o.Pool.MaxIsolates = 50);
        app.Pool.Isolates.ShouldBe(50);
        var watchdog = app.Host.Services.GetRequiredService<JsRun.Limits.Watchdog>();
        await Eventually.HoldsAsync(() => watchdog.IsParked);

        // The threads' own clocks, so that whatever else this process does counts for nothing. What the start left to do may take some seconds first.
        var quiet = 0;
        for (var second = 0; second < 20 && quiet < 3; second++)
        {
            var before = ThreadTimes(others);
            before.Count.ShouldBeGreaterThanOrEqualTo(50);
            await Task.Delay(TimeSpan.FromSeconds(1), Token);
            // Clock ticks of 10 ms.
            var ticks = ThreadTimes(others).Where(t => before.ContainsKey(t.Key)).Sum(t => t.Value - before[t.Key]);
            quiet = ticks <= 10 ? quiet + 1 : 0;
        }

        quiet.ShouldBe(3, "seconds in a row");
    }

    // CPU time of the isolates' threads in clock ticks, by thread.
    private static Dictionary<string, long> ThreadTimes(HashSet<string> but)
    {
        var times = new Dictionary<string, long>();
        foreach (var thread in IsolateThreads.Named("jsrun-default").Where(d => !but.Contains(d)))
        {
            if (IsolateThreads.Read(thread, "stat") is { } stat)
            {
                times[thread] = stat.Split(')')[^1].Split(' ')[12..14].Sum(long.Parse);
            }
        }

        return times;
    }

    private static Task<FunctionApp> OneIsolateAsync() => FunctionApp.StartAsync(o =>
    {
        o.Pool.MaxIsolates = 1;
        o.Limits.CpuTime = TimeSpan.FromMilliseconds(500);
    });
}
