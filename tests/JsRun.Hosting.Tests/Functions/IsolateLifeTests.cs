using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace JsRun.Hosting.Tests.Functions;

/// <summary>What becomes of neighbours, leases and the host when an isolate has to be stopped.</summary>
[Collection(IsolateLifeCollection.Name)]
public sealed class IsolateLifeTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("for (;;);")]
    [InlineData("for (;;) await null;")]
    public async Task Interrupt_NeighbourAwaitsWithoutNativeLayer_IsLostAtOnceAndTheFunctionAnswersAgain(string endless)
    {
        await using var app = await FunctionApp.StartAsync(o =>
        {
            o.Engine.Native = JsNativeMode.Off;
            o.Pool.MaxIsolates = 1;
            o.Limits.CpuTime = TimeSpan.FromMilliseconds(300);
        });
        var waiting = await app.HandleAsync("if (url.pathname === '/now') return new Response('now'); console.log('waits'); await request.text(); return new Response('never');");
        var loop = await app.HandleAsync($"{endless}");
        var body = new System.IO.Pipelines.Pipe();
        var neighbour = waiting.InvokeAsync(EdgeFunctionCalls.Post(body.Reader), Token).AsTask();
        await app.Logs.WaitForAsync(e => e.Message.Contains("waits", StringComparison.Ordinal));

        await Should.ThrowAsync<JsTimeoutException>(async () => await loop.GetAsync());

        await Should.ThrowAsync<JsIsolateLostException>(async () => await neighbour.InTime());
        (await waiting.GetAsync("/now")).ShouldBe("now");
        await app.LeasesReturnedAsync();
        app.Pool.Quarantined.ShouldBe(0);
        await Eventually.HoldsAsync(() => app.Pool.Isolates == 1);
    }

    [Theory]
    [InlineData("for (;;);")]
    [InlineData("for (;;) await null;")]
    [InlineData("Promise.resolve().then(() => { for (;;); }); for (let i = 0; i < 100; i++) Promise.resolve(i).then(() => { for (;;); }); await null;")]
    public async Task Interrupt_NeighbourAwaitsInAnotherContext_GoesOn(string endless)
    {
        await using var app = await FunctionApp.StartAsync(o =>
        {
            o.Pool.MaxIsolates = 1;
            o.Limits.CpuTime = TimeSpan.FromMilliseconds(300);
        });
        var waiting = await app.HandleAsync("console.log('waits'); const text = await request.text(); await null; return new Response(text + await Promise.resolve('!'));");
        var loop = await app.HandleAsync($"{endless}");
        var body = new System.IO.Pipelines.Pipe();
        var neighbour = waiting.InvokeAsync(EdgeFunctionCalls.Post(body.Reader), Token).AsTask();
        await app.Logs.WaitForAsync(e => e.Message.Contains("waits", StringComparison.Ordinal));

        for (var i = 0; i < 3; i++)
        {
            await Should.ThrowAsync<JsTimeoutException>(async () => await loop.GetAsync());
        }

        await body.Writer.WriteAsync("whole"u8.ToArray(), Token);
        await body.Writer.CompleteAsync();
        (await (await neighbour.InTime()).ReadTextAsync()).ShouldBe("whole!");
        await app.LeasesReturnedAsync();
        app.Logs.Entries.ShouldNotContain(e => e.Id == 103);
        app.Pool.Isolates.ShouldBe(1);
        app.Pool.Quarantined.ShouldBe(0);
    }

    [Theory]
    [InlineData(JsIsolation.PerRequest)]
    [InlineData(JsIsolation.Shared)]
    public async Task Interrupt_CulpritAgainAndAgain_TheIsolateServesOn(JsIsolation isolation)
    {
        await using var app = await FunctionApp.StartAsync(o =>
        {
            o.Isolation = isolation;
            o.Pool.MaxIsolates = 1;
            o.Limits.CpuTime = TimeSpan.FromMilliseconds(100);
        });
        var loop = await app.HandleAsync("if (url.pathname === '/loop') { setTimeout(() => {}, 1e6); await null; for (;;); } return new Response(url.pathname);");

        for (var i = 0; i < 5; i++)
        {
            await Should.ThrowAsync<JsTimeoutException>(async () => await loop.GetAsync("/loop"));
            (await loop.GetAsync($"/{i}")).ShouldBe($"/{i}");
        }

        await app.LeasesReturnedAsync();
        app.Logs.Entries.Count(e => e.Id == 109).ShouldBe(5);
        app.Logs.Entries.ShouldNotContain(e => e.Id == 103);
    }

    [Fact]
    public async Task Interrupt_InvocationStillInTheMailbox_IsBegunElsewhereAndSucceeds()
    {
        await using var app = await OneIsolateAsync();
        var echo = await app.EchoAsync();
        // Busy, but not yet so long that the pool would give it no lease.
        var loop = await app.HandleAsync("console.log('loops'); for (;;);");
        var looping = loop.InvokeAsync(EdgeFunctionCalls.Get(), Token).AsTask();
        var queued = Enumerable.Range(0, 20).Select(i => echo.GetAsync($"/{i}")).ToArray();

        await Should.ThrowAsync<JsTimeoutException>(async () => await looping.InTime());

        (await Task.WhenAll(queued).InTime()).ShouldBe([.. Enumerable.Range(0, 20).Select(i => $"/{i}")]);
        await app.LeasesReturnedAsync();
    }

    [Fact]
    public async Task Interrupt_UninterruptibleBuiltin_IsQuarantinedAndOtherWorkGoesOn()
    {
        await using var app = await OneIsolateAsync();
        // A few seconds of a builtin that no interrupt reaches, whatever the machine: the thread ends by itself after the test.
        var stuck = await app.HandleAsync("""
            const started = performance.now();
            Array.prototype.indexOf.call({ length: 1e6 }, 1);
            const each = (performance.now() - started) / 1e6;
            Array.prototype.indexOf.call({ length: Math.ceil(8000 / each) }, 1);
            return new Response('never');
            """);
        var echo = await app.EchoAsync();

        await Should.ThrowAsync<JsTimeoutException>(async () => await stuck.GetAsync());

        (await echo.GetAsync("/meanwhile")).ShouldBe("/meanwhile");
        await Eventually.HoldsAsync(() => app.Pool.Quarantined == 1, () => $"{app.Pool}");
        await app.LeasesReturnedAsync();
        (await echo.GetAsync("/after")).ShouldBe("/after");
    }

    [Fact]
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
    public async Task TopLevelAwait_RequestsWaitForIt_TheyBeginInEntriesOfTheirOwn()
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

        // Two at a time: one of them comes to an isolate that evaluates the top level only now.
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
    public async Task Interrupts_RacingWithCompletion_HitNoNeighbourAndLoseNoLease()
    {
        await using var app = await FunctionApp.StartAsync(o =>
        {
            o.Limits.Timeout = TimeSpan.FromMilliseconds(10);
            o.Pool.MaxIsolates = 2;
        });
        var echo = await app.EchoAsync();
        var random = new Random(1);
        var outcomes = new Dictionary<string, int>();
        for (var i = 0; i < 100; i++)
        {
            var round = Enumerable.Range(0, 20).Select(async n =>
            {
                using var cancellation = new CancellationTokenSource(TimeSpan.FromMicroseconds(random.Next(50, 4000)));
                try
                {
                    await using var response = await echo.InvokeAsync(EdgeFunctionCalls.Get($"/{n}"), cancellation.Token);
                    return await response.ReadTextAsync() == $"/{n}" ? "ok" : "wrong";
                }
                catch (Exception e)
                {
                    return e.GetType().Name;
                }
            }).ToArray();
            foreach (var outcome in await Task.WhenAll(round).InTime())
            {
                outcomes[outcome] = outcomes.GetValueOrDefault(outcome) + 1;
            }
        }

        outcomes.Keys.ShouldBeSubsetOf(["ok", nameof(OperationCanceledException), nameof(JsTimeoutException), nameof(TaskCanceledException), nameof(JsPoolExhaustedException), nameof(JsIsolateLostException)]);
        await app.LeasesReturnedAsync();
    }

    [Theory]
    [InlineData("success")]
    [InlineData("throw")]
    [InlineData("no response")]
    [InlineData("timeout while running")]
    [InlineData("timeout while waiting")]
    [InlineData("client gone before the response")]
    [InlineData("client gone before it began")]
    [InlineData("client gone after the response")]
    [InlineData("stream abandoned")]
    [InlineData("stream read in part")]
    [InlineData("stream fails")]
    [InlineData("isolate lost")]
    [InlineData("memory limit")]
    [InlineData("waitUntil rejects")]
    [InlineData("waitUntil after client gone")]
    [InlineData("top level fails later")]
    [InlineData("shared timeout")]
    public async Task Lease_AnyEnd_GoesBackOnce(string end)
    {
        await using var app = await FunctionApp.StartAsync(o =>
        {
            o.Limits.Timeout = TimeSpan.FromSeconds(end.Contains("timeout", StringComparison.Ordinal) || end == "isolate lost" ? 0.3 : 30);
            o.Limits.MaxHeapBytes = 32 << 20;
            o.Isolation = end == "shared timeout" ? JsIsolation.Shared : JsIsolation.PerRequest;
        });
        var function = await app.HandleAsync(
            """
            switch (ctx.requestId) {
              case '/throw': throw new Error('x');
              case '/none': return undefined;
              case '/loop': for (;;);
              case '/wait': console.log('waits'); await request.text(); return new Response('late');
              case '/hoard': { const a = []; for (;;) a.push([1, 2, 3]); }
              case '/stream': return new Response(new ReadableStream({ async pull(c) { c.enqueue(new Uint8Array(1000)); await new Promise((r) => setTimeout(r)); } }));
              case '/broken': return new Response(new ReadableStream({ start(c) { c.enqueue(new Uint8Array(10)); }, pull(c) { c.error(new Error('midway')); } }));
              case '/rejects': ctx.waitUntil(Promise.reject(new Error('later'))); return new Response('x');
              case '/later': ctx.waitUntil(new Promise((r) => setTimeout(r, 50))); console.log('waits'); await request.text(); return new Response('x');
              default: return new Response('ok');
            }
            """,
            top: end == "top level fails later" ? "await new Promise((r) => setTimeout(r, 10)); if (performance.now() > 1e12) throw 1;" : "");
        var body = new System.IO.Pipelines.Pipe();
        using var client = new CancellationTokenSource();
        switch (end)
        {
            case "success" or "top level fails later":
                (await function.GetAsync()).ShouldBe("ok");
                break;
            case "throw":
                await Should.ThrowAsync<JavaScriptException>(async () => await function.GetAsync("/throw"));
                break;
            case "no response":
                await Should.ThrowAsync<JavaScriptException>(async () => await function.GetAsync("/none"));
                break;
            case "timeout while running" or "shared timeout":
                await Should.ThrowAsync<JsTimeoutException>(async () => await function.GetAsync("/loop"));
                break;
            case "timeout while waiting":
                await Should.ThrowAsync<JsTimeoutException>(async () => await function.SendAsync(EdgeFunctionCalls.Post(body.Reader, "/wait")));
                break;
            case "client gone before the response" or "waitUntil after client gone":
                var waiting = function.InvokeAsync(EdgeFunctionCalls.Post(body.Reader, end.StartsWith("wait", StringComparison.Ordinal) ? "/later" : "/wait"), client.Token).AsTask();
                await app.Logs.WaitForAsync(e => e.Message.Contains("waits", StringComparison.Ordinal));
                await client.CancelAsync();
                await Should.ThrowAsync<OperationCanceledException>(async () => await waiting.InTime());
                break;
            case "client gone before it began":
                await client.CancelAsync();
                await Should.ThrowAsync<OperationCanceledException>(async () => await function.InvokeAsync(EdgeFunctionCalls.Get(), client.Token));
                break;
            case "client gone after the response":
                var response = await function.InvokeAsync(EdgeFunctionCalls.Get("/stream"), client.Token).InTime();
                var pipe = new System.IO.Pipelines.Pipe();
                var writing = response.WriteBodyAsync(pipe.Writer, client.Token).AsTask();
                await pipe.Reader.ReadAsync(Token);
                await client.CancelAsync();
                await Should.ThrowAsync<OperationCanceledException>(async () => await writing.InTime());
                await response.DisposeAsync().InTime();
                break;
            case "stream abandoned":
                await (await function.InvokeAsync(EdgeFunctionCalls.Get("/stream"), Token).InTime()).DisposeAsync().InTime();
                break;
            case "stream read in part":
                var partial = await function.InvokeAsync(EdgeFunctionCalls.Get("/stream"), Token).InTime();
                var half = new System.IO.Pipelines.Pipe();
                var copying = partial.WriteBodyAsync(half.Writer, Token).AsTask();
                await half.Reader.ReadAsync(Token);
                await half.Reader.CompleteAsync();
                await Should.ThrowAsync<OperationCanceledException>(async () => await copying.InTime());
                await partial.DisposeAsync().InTime();
                break;
            case "stream fails":
                await Should.ThrowAsync<JavaScriptException>(async () => await function.GetAsync("/broken"));
                break;
            case "isolate lost":
                var lost = function.InvokeAsync(EdgeFunctionCalls.Post(body.Reader, "/wait"), Token).AsTask();
                await Record.ExceptionAsync(async () => await function.GetAsync("/loop"));
                (await Record.ExceptionAsync(async () => await lost.InTime())).ShouldNotBeNull();
                break;
            case "memory limit":
                await Should.ThrowAsync<JsMemoryLimitException>(async () => await function.GetAsync("/hoard"));
                break;
            case "waitUntil rejects":
                (await function.GetAsync("/rejects")).ShouldBe("x");
                break;
        }

        await app.LeasesReturnedAsync();
        (await function.GetAsync()).ShouldBe("ok");
        await app.LeasesReturnedAsync();
    }

    [Fact]
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
        var ticks = long.MaxValue;
        for (var second = 0; second < 20 && ticks > 10; second++)
        {
            var before = ThreadTimes(others);
            before.Count.ShouldBeGreaterThanOrEqualTo(50);
            await Task.Delay(TimeSpan.FromSeconds(1), Token);
            ticks = ThreadTimes(others).Where(t => before.ContainsKey(t.Key)).Sum(t => t.Value - before[t.Key]);
        }

        ticks.ShouldBeLessThanOrEqualTo(10, "clock ticks of 10 ms");
    }

    // CPU time of the isolates' threads in clock ticks, by thread.
    private static Dictionary<string, long> ThreadTimes(HashSet<string> but)
    {
        var times = new Dictionary<string, long>();
        foreach (var thread in Directory.EnumerateDirectories("/proc/self/task").Where(d => !but.Contains(d)))
        {
            try
            {
                if (File.ReadAllText(Path.Combine(thread, "comm")).StartsWith("jsrun-default", StringComparison.Ordinal))
                {
                    times[thread] = File.ReadAllText(Path.Combine(thread, "stat")).Split(')')[^1].Split(' ')[12..14].Sum(long.Parse);
                }
            }
            catch (IOException)
            {
                // It ended in this very moment.
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
