using System.Text;

namespace JsRun.Hosting.Tests.Limits;

/// <summary>Invariant 7: just under a limit passes, just over it fails, and the next request works.</summary>
public sealed class LimitTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [Trait("Clock", "real")]
    [InlineData("for (;;);")]
    [InlineData("for (;;) await null;")]
    [InlineData("await new Promise((resolve) => setTimeout(resolve, 1e9));")]
    [InlineData("(function f() { Promise.resolve().then(f) })(); await new Promise(() => {});")]
    [InlineData("try { for (;;); } catch { } finally { for (;;); }")]
    [InlineData("/^(a+)+$/.test('a'.repeat(40) + 'b');")]
    public async Task Timeout_Passed_IsATimeoutAndTheNextRequestWorks(string endless)
    {
        await using var app = await FunctionApp.StartAsync(o => o.Limits.Timeout = TimeSpan.FromMilliseconds(1500));
        var function = await app.HandleAsync($"if (url.pathname === '/endless') {{ {endless} }} return new Response('under');");
        await app.EchoAsync();

        (await Should.ThrowAsync<JsTimeoutException>(async () => await function.GetAsync("/endless"))).Message.ShouldContain("JsRun:Limits:Timeout");

        await app.LeasesReturnedAsync();
        await Eventually.HoldsAsync(() => app.Pool.Isolates >= 1);
        (await function.GetAsync()).ShouldBe("under");
    }

    [Theory]
    [Trait("Clock", "real")]
    [InlineData("for (;;);")]
    [InlineData("for (;;) { const until = performance.now() + 20; while (performance.now() < until); await new Promise((resolve) => setTimeout(resolve)); }")]
    public async Task CpuTime_Passed_IsATimeoutThatNamesIt(string burn)
    {
        await using var app = await FunctionApp.StartAsync(o => o.Limits.CpuTime = TimeSpan.FromMilliseconds(150));
        var function = await app.HandleAsync($"if (url.pathname === '/burn') {{ {burn} }} return new Response('under');");

        (await Should.ThrowAsync<JsTimeoutException>(async () => await function.GetAsync("/burn"))).Message.ShouldContain("JsRun:Limits:CpuTime");

        await app.LeasesReturnedAsync();
        (await function.GetAsync()).ShouldBe("under");
    }

    [Fact]
    [Trait("Clock", "real")]
    public async Task CpuTime_WaitingForLonger_Passes()
    {
        await using var app = await FunctionApp.StartAsync(o => o.Limits.CpuTime = TimeSpan.FromMilliseconds(150));
        var function = await app.HandleAsync("await new Promise((resolve) => setTimeout(resolve, 400)); return new Response('rested');");

        (await function.GetAsync()).ShouldBe("rested");
    }

    [Fact]
    [Trait("Clock", "real")]
    public async Task CpuTime_OfAStreamThatIsPulled_CountsForItsRequest()
    {
        await using var app = await FunctionApp.StartAsync(o => o.Limits.CpuTime = TimeSpan.FromMilliseconds(200));
        var function = await app.HandleAsync("""
            const chunk = new Uint8Array(1024);
            return new Response(new ReadableStream({ pull(c) { const until = performance.now() + 20; while (performance.now() < until); c.enqueue(chunk); } }));
            """);
        await using var response = await function.InvokeAsync(EdgeFunctionCalls.Get(), Token).InTime();

        await Should.ThrowAsync<JsTimeoutException>(async () => await response.ReadTextAsync());

        await response.DisposeAsync();
        await app.LeasesReturnedAsync();
        (await (await app.EchoAsync()).GetAsync("/next")).ShouldBe("/next");
    }

    [Theory]
    [InlineData("const a = []; for (;;) a.push({ a: 1, b: [1, 2, 3] });")]
    [InlineData("const a = []; for (let i = 0; ; i++) { a.push({ i, b: [1, 2, 3] }); if (i % 1000 === 0) await null; }")]
    [InlineData("let s = 'x'; const a = []; for (;;) { a.push((s + a.length).repeat(100000).split('').join('-')); }")]
    [InlineData("const m = new Map(); for (let i = 0; ; i++) m.set(i, `value ${i}`);")]
    [InlineData("const a = []; for (;;) a.push(new Array(100000).fill(0.5));")]
    public async Task MaxHeapBytes_Passed_IsAMemoryLimitAndTheNextRequestWorks(string hoard)
    {
        await using var app = await FunctionApp.StartAsync(o => o.Limits.MaxHeapBytes = 32 << 20);
        var function = await app.HandleAsync($"if (url.pathname === '/hoard') {{ {hoard} }} const a = []; for (let i = 0; i < 1e5; i++) a.push(i); return new Response('under');");

        (await Should.ThrowAsync<JsMemoryLimitException>(async () => await function.GetAsync("/hoard"))).Message.ShouldContain("JsRun:Limits:MaxHeapBytes");

        await app.LeasesReturnedAsync();
        (await function.GetAsync()).ShouldBe("under");
    }

    [Theory]
    [InlineData(JsNativeMode.Auto, JsIsolation.PerRequest)]
    [InlineData(JsNativeMode.Off, JsIsolation.PerRequest)]
    [InlineData(JsNativeMode.Auto, JsIsolation.Shared)]
    public async Task MaxHeapBytes_TheLeast_Serves(JsNativeMode native, JsIsolation isolation)
    {
        await using var app = await FunctionApp.StartAsync(o =>
        {
            o.Limits.MaxHeapBytes = 8 << 20;
            o.Engine.Native = native;
            o.Isolation = isolation;
        });
        var function = await app.HandleAsync("const body = await new Response(JSON.stringify({ path: url.pathname })).json(); return Response.json(body);");

        for (var i = 0; i < 20; i++)
        {
            (await function.GetAsync("/least")).ShouldBe("""{"path":"/least"}""");
        }
    }

    [Fact]
    public async Task MaxHeapBytes_TenMebibytesOfARuntime_Suffice()
    {
        await using var host = await TestHost.StartAsync();
        await using var runtime = await host.Runtimes.CreateAsync(new JsRuntimeOptions { MaxHeapBytes = 10 << 20 }, Token);

        (await runtime.EvaluateAsync<int>("Promise.resolve([...Array(10000).keys()].length)", cancellationToken: Token)).ShouldBe(10_000);
        (await Should.ThrowAsync<JsMemoryLimitException>(() => runtime.EvaluateAsync("const a = []; for (;;) a.push({})", cancellationToken: Token).AsTask())).Message.ShouldContain("JsRuntimeOptions.MaxHeapBytes is 10 MiB");
    }

    // Not one of its builtins looks at an interrupt: 64 MiB of zeros each time.
    [Theory]
    [InlineData(JsNativeMode.Auto)]
    [InlineData(JsNativeMode.Off)]
    public async Task MaxHeapBytes_PassedFarByBuiltinsAlone_IsAMemoryLimit(JsNativeMode native)
    {
        await using var app = await FunctionApp.StartAsync(o =>
        {
            o.Limits.MaxHeapBytes = 16 << 20;
            o.Engine.Native = native;
        });
        var function = await app.HandleAsync("if (url.pathname === '/burst') { const a = Array(8e6).fill(0), b = Array(8e6).fill(0), c = Array(8e6).fill(0), d = Array(8e6).fill(0); return new Response(`${a.length + b.length + c.length + d.length}`); } return new Response('under');");
        (await function.GetAsync()).ShouldBe("under");

        (await Should.ThrowAsync<JsMemoryLimitException>(async () => await function.GetAsync("/burst"))).Message.ShouldContain("JsRun:Limits:MaxHeapBytes is 16 MiB");

        await app.LeasesReturnedAsync();
        (await function.GetAsync()).ShouldBe("under");
    }

    [Fact]
    [Trait("Clock", "real")]
    public async Task MaxHeapBytes_PassedByGarbageAgainAndAgain_IsCollected()
    {
        await using var app = await FunctionApp.StartAsync(o =>
        {
            o.Limits.MaxHeapBytes = 64 << 20;
            o.Limits.Timeout = TimeSpan.FromSeconds(60);
        });
        // For as long as the monitor takes to look forty times. V8 raised its own limit with every collection of the monitor's, and aborted the process at the twelfth.
        var function = await app.HandleAsync("""
            const until = performance.now() + 2000;
            while (performance.now() < until) {
                const kept = [];
                for (let i = 0; i < 90; i++) kept.push(new Array(65536).fill(i));
            }
            return new Response('alive');
            """);

        (await function.GetAsync()).ShouldBe("alive");
    }

    [Fact]
    public async Task MaxArrayBufferBytes_Passed_IsARangeErrorThatCanBeCaught()
    {
        await using var app = await FunctionApp.StartAsync(o => o.Limits.MaxArrayBufferBytes = 4 << 20);
        var function = await app.HandleAsync("""
            const size = Number(url.pathname.slice(1));
            try { return new Response(String(new Uint8Array(size).length)); } catch (e) { return new Response(e.name); }
            """);

        (await function.GetAsync($"/{3 << 20}")).ShouldBe($"{3 << 20}");
        (await function.GetAsync($"/{5 << 20}")).ShouldBe("RangeError");
        (await function.GetAsync("/1024")).ShouldBe("1024");
    }

    // What recurses on the stack fails there. V8 parses and writes JSON without recursion: no depth is too much.
    [Theory]
    [InlineData("const f = (n) => n === 0 ? 0 : 1 + f(n - 1); f(N);", 1000, 10_000_000, "RangeError")]
    [InlineData("JSON.parse('['.repeat(N) + ']'.repeat(N));", 100, 3_000_000, "under")]
    [InlineData("const a = []; let b = a; for (let i = 0; i < N; i++) { const c = []; b.push(c); b = c; } JSON.stringify(a);", 100, 300_000, "under")]
    [InlineData("new RegExp('('.repeat(N) + ')'.repeat(N)).test('');", 100, 30_000, "SyntaxError")]
    public async Task MaxStackBytes_DeepNesting_IsAnErrorThatCanBeCaughtOrNeedsNoStack(string deep, int under, int over, string expected)
    {
        await using var app = await FunctionApp.StartAsync();
        var function = await app.HandleAsync($"const N = Number(url.pathname.slice(1)); try {{ {deep} return new Response('under'); }} catch (e) {{ return new Response(e.name); }}");

        (await function.GetAsync($"/{under}")).ShouldBe("under");
        (await function.GetAsync($"/{over}")).ShouldBe(expected);
        (await function.GetAsync($"/{under}")).ShouldBe("under");
    }

    [Fact]
    public async Task MaxStackBytes_DeepRecursion_IsARangeError()
    {
        await using var app = await FunctionApp.StartAsync();
        var function = await app.HandleAsync("const f = () => f(); try { f(); } catch (e) { return new Response(e.name); }");

        (await function.GetAsync()).ShouldBe("RangeError");
    }

    [Fact]
    public async Task MaxConsoleBytes_Passed_IsTruncatedAndLoggedOnceForEachRequest()
    {
        await using var app = await FunctionApp.StartAsync(o => o.Limits.MaxConsoleBytes = 2000);
        var function = await app.HandleAsync("const n = Number(url.pathname.slice(1)); for (let i = 0; i < n; i++) console.log('x'.repeat(100)); return new Response('done');");

        // 19 lines of 100 bytes of UTF-8 and one more fit under 2000.
        (await function.GetAsync("/19")).ShouldBe("done");
        Lines(app).Length.ShouldBe(19);
        Warnings(app).ShouldBeEmpty();

        (await function.GetAsync("/1000")).ShouldBe("done");
        await app.Logs.WaitForAsync(e => e.Message.Contains("JsRun:Limits:MaxConsoleBytes", StringComparison.Ordinal));
        Lines(app).Sum(l => l.Message.Count(c => c == 'x')).ShouldBeLessThanOrEqualTo(1900 + 2000);
        Warnings(app).Length.ShouldBe(1);

        (await function.GetAsync("/1")).ShouldBe("done");
        Lines(app)[^1].Message.ShouldContain(new string('x', 100));
    }

    [Fact]
    public async Task MaxTimers_Passed_IsARangeErrorThatNamesTheKey()
    {
        await using var app = await FunctionApp.StartAsync(o => o.Limits.MaxTimers = 10);
        var function = await app.HandleAsync("""
            try { for (let i = 0; i < Number(url.pathname.slice(1)); i++) setTimeout(() => {}, 60000); return new Response('under'); }
            catch (e) { return new Response(e.name + e.message); }
            """);

        (await function.GetAsync("/10")).ShouldBe("under");
        var over = await function.GetAsync("/11");
        over.ShouldStartWith("RangeError");
        over.ShouldContain("JsRun:Limits:MaxTimers");
        (await function.GetAsync("/10")).ShouldBe("under");
    }

    [Fact]
    public async Task MaxTimers_SharedRuntimeWhoseRequestsLeaveTimersBehind_GoesOn()
    {
        await using var app = await FunctionApp.StartAsync(o =>
        {
            o.Isolation = JsIsolation.Shared;
            o.Limits.MaxTimers = 3;
        });
        var function = await app.HandleAsync("setTimeout(() => {}, 60000); setTimeout(() => {}, 60000); return new Response('done');");

        for (var i = 0; i < 20; i++)
        {
            (await function.GetAsync()).ShouldBe("done");
            await app.LeasesReturnedAsync();
        }
    }

    [Fact]
    public async Task MaxSubrequests_Passed_IsATypeErrorThatNamesTheKey()
    {
        await using var app = await FunctionApp.StartAsync(o => o.Limits.MaxSubrequests = 2);
        var function = await app.HandleAsync("""
            const errors = [];
            for (let i = 0; i < 3; i++) try { await fetch('http://192.0.2.1/'); } catch (e) { errors.push(e.name + ' ' + (e.cause?.name ?? '') + ' ' + e.message); }
            return new Response(errors.join('\n'));
            """);

        for (var i = 0; i < 2; i++)
        {
            var lines = (await function.GetAsync()).Split('\n');
            lines[0].ShouldNotContain("MaxSubrequests");
            lines[1].ShouldNotContain("MaxSubrequests");
            lines[2].ShouldContain("TypeError");
            lines[2].ShouldContain("JsRun:Limits:MaxSubrequests");
        }
    }

    [Fact]
    public async Task MaxConcurrency_Passed_IsRefusedUntilOneHasAnswered()
    {
        await using var app = await FunctionApp.StartAsync(o => o.Limits.MaxConcurrency = 2);
        var function = await app.HandleAsync("""
            if (url.pathname === '/now') return new Response('now');
            console.log('begun');
            return new Response(await request.text());
            """);
        var bodies = new[] { new System.IO.Pipelines.Pipe(), new System.IO.Pipelines.Pipe() };
        var running = bodies.Select(b => function.SendAsync(EdgeFunctionCalls.Post(b.Reader, "/wait"))).ToArray();
        await Eventually.HoldsAsync(() => app.Logs.Entries.Count(e => e.Message.Contains("begun", StringComparison.Ordinal)) == 2);

        (await Should.ThrowAsync<JsPoolExhaustedException>(async () => await function.GetAsync("/now"))).Message.ShouldContain("JsRun:Limits:MaxConcurrency");

        foreach (var body in bodies)
        {
            await body.Writer.WriteAsync(Encoding.UTF8.GetBytes("text"), Token);
            await body.Writer.CompleteAsync();
        }

        (await Task.WhenAll(running)).ShouldBe(["text", "text"]);
        (await function.GetAsync("/now")).ShouldBe("now");
    }

    [Theory]
    [Trait("Clock", "real")]
    [InlineData("for (;;);")]
    [InlineData("await new Promise(() => {});")]
    [InlineData("for (;;) await null;")]
    public async Task StartupTimeout_Passed_IsAFailedDeploymentThatNamesTheKeyAndOthersWork(string endless)
    {
        await using var app = await FunctionApp.StartAsync(o => o.Limits.StartupTimeout = TimeSpan.FromMilliseconds(1500));

        var function = await app.TryDeployAsync($"{endless} export default {{ fetch() {{ }} }}");

        function.State.ShouldBe(EdgeFunctionState.Failed);
        function.Error.ShouldNotBeNull().ShouldContain("JsRun:Limits:StartupTimeout");
        await app.LeasesReturnedAsync();
        (await (await app.EchoAsync()).GetAsync("/next")).ShouldBe("/next");
    }

    [Fact]
    [Trait("Clock", "real")]
    public async Task StartupTimeout_TimersOfTheTopLevel_AreLimitedTurnByTurn()
    {
        await using var app = await FunctionApp.StartAsync(o =>
        {
            o.Isolation = JsIsolation.Shared;
            o.Limits.StartupTimeout = TimeSpan.FromMilliseconds(1500);
        });
        var function = await app.HandleAsync(
            "while (turns < 80) await new Promise(go => setTimeout(go, 1)); return new Response(String(turns >= 80));",
            top: "let turns = 0; setInterval(() => { const end = performance.now() + 25; while (performance.now() < end); turns++; }, 1);");

        // Two seconds of CPU time in all, and no turn longer than the limit.
        (await function.GetAsync()).ShouldBe("true");
    }

    private static LogEntry[] Lines(FunctionApp app) => [.. app.Logs.Entries.Where(e => e.Id == 101 && e.Message.Contains("xx", StringComparison.Ordinal))];

    private static LogEntry[] Warnings(FunctionApp app) => [.. app.Logs.Entries.Where(e => e.Message.Contains("MaxConsoleBytes", StringComparison.Ordinal))];
}
