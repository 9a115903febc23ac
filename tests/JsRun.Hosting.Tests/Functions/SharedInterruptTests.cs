using System.IO.Pipelines;
using JsRun.Engine.Isolates;
using JsRun.Functions;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace JsRun.Hosting.Tests.Functions;

/// <summary>In Shared many requests run in one context: what has to be stopped of one costs the others nothing, where the native layer can tell them apart.</summary>
[Collection(IsolateLifeCollection.Name)]
public sealed class SharedInterruptTests
{
    private const int OperationInterrupted = 111;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    // Who waits for what; and ways to run away.
    private const string Top = """
        const gates = {};
        const gate = (name) => gates[name] ??= Promise.withResolvers();
        let served = 0;
        const links = async (n) => { for (;;) await null; };
        const waits = {
          '/body': async (request) => await request.text(),
          '/timer': () => new Promise((resolve) => { const poll = () => gates.timer === undefined ? setTimeout(poll, 1) : resolve('timer'); poll(); }),
          '/shared': () => gate('shared').promise,
          '/after': async () => { await gate('shared').promise; await null; return await Promise.resolve('after'); },
          '/task': () => new Promise((resolve) => { const { port1, port2 } = new MessageChannel(); port2.onmessage = ({ data }) => { port1.close(); resolve(data); }; gate('shared').promise.then(() => port1.postMessage('task')); }),
        };
        """;

    private const string Body = """
        served++;
        const wait = waits[url.pathname];
        if (wait !== undefined) { console.log('waits ' + url.pathname + url.search); return new Response(`${url.pathname} ${await wait(request)}`); }
        if (url.pathname === '/served') return new Response(`${served}`);
        if (url.pathname === '/go') { gate('timer'); gate('shared').resolve('shared'); return new Response('gone'); }
        """;

    private const string Open = "gate('timer'); gate('shared').resolve('shared');";

    private static readonly Dictionary<string, string> Ways = new()
    {
        ["in the entry"] = $"{Open} for (;;);",
        ["in a microtask, the others behind it"] = $"await null; {Open} for (;;);",
        ["in a microtask, the others before it"] = $"{Open} await null; for (;;);",
        ["link after link"] = $"{Open} await links();",
        ["in many chains"] = $"{Open} for (let i = 0; i < 50; i++) links(); await links();",
        ["in chains of every kind"] = $"{Open} const again = () => Promise.resolve().then(again); again(); queueMicrotask(function spin() {{ queueMicrotask(spin); }}); (function thenable() {{ Promise.resolve({{ then: (f) => {{ f(); thenable(); }} }}); }})(); await new Promise(() => {{}});",
        ["in a timer"] = "gate('timer'); await new Promise(() => { setTimeout(() => { gate('shared').resolve('shared'); for (;;); }); });",
        ["in Response"] = $"{Open} for (;;) new Response('x'.repeat(100)).headers.set('a', String(Math.random()));",
        ["in MessageChannel"] = $"{Open} for (let i = 0;; i++) {{ if (i < 10000) new MessageChannel().port1.postMessage(i); else structuredClone([i]); }}",
        ["in timers"] = $"{Open} for (;;) clearTimeout(setTimeout(() => {{}}, 1e6));",
        ["in randomness"] = $"{Open} for (;;) crypto.getRandomValues(new Uint8Array(10));",
        ["in a regular expression"] = $"{Open} await null; /^(a+)+$/.test('a'.repeat(60) + 'b');",
        ["in a sort"] = $"{Open} await null; for (;;) Array.from({{ length: 1e5 }}, Math.random).sort((a, b) => a - b);",
        ["in JSON"] = $"{Open} await null; for (;;) JSON.parse(JSON.stringify(Array.from({{ length: 1e4 }}, (_, i) => ({{ i }}))));",
    };

    private static readonly string[] Answers = ["/body whole", "/timer timer", "/shared shared", "/after after", "/task task"];

    public static TheoryData<string> Runaways => new(Ways.Keys);

    [Theory]
    [MemberData(nameof(Runaways))]
    public async Task Interrupt_NeighboursInTheSameContext_GoOnAndNewOnesGetAnother(string way)
    {
        await using var app = await SharedAsync();
        var function = await app.HandleAsync($"{Body} {Ways[way]} return new Response('never');", top: Top);
        var body = new Pipe();
        var waiting = await WaitingAsync(app, function, body.Reader);

        await Should.ThrowAsync<JsTimeoutException>(async () => await function.GetAsync("/runaway"));

        // Another context: it has seen nobody before.
        (await function.GetAsync("/served")).ShouldBe("1");
        await body.Writer.WriteAsync("whole"u8.ToArray(), Token);
        await body.Writer.CompleteAsync();
        var answers = await Task.WhenAll(waiting).InTime();
        answers.ShouldBe(Answers);

        app.Logs.Entries.Count(e => e.Id == OperationInterrupted).ShouldBe(1);
        app.Logs.Entries.ShouldNotContain(e => e.Id == 103 || e.Id == 109);
        await app.LeasesReturnedAsync();
    }

    [Fact]
    public async Task Interrupt_ContinuationInAnothersEntry_EndsWhoseCodeItIs()
    {
        await using var app = await SharedAsync();
        // What /late waits for comes with an entry of /go's, which itself goes on when /late has run.
        var function = await app.HandleAsync(
            """
            if (url.pathname === '/late') { console.log('waits /late'); await gate('go').promise; for (;;); }
            if (url.pathname === '/go') { gate('go').resolve(); await null; await null; return new Response('innocent'); }
            return new Response('pristine');
            """,
            top: Top);
        var late = function.GetAsync("/late");
        await app.Logs.WaitForAsync(e => e.Message.Contains("waits /late", StringComparison.Ordinal));

        (await function.GetAsync("/go")).ShouldBe("innocent");

        await Should.ThrowAsync<JsTimeoutException>(async () => await late.InTime());
        var ended = app.Logs.Entries.Single(e => e.Id == OperationInterrupted);
        ended.Message.ShouldContain("(request /late)");
        (await function.GetAsync("/")).ShouldBe("pristine");
        await app.LeasesReturnedAsync();
    }

    [Fact]
    public async Task Timeout_ContinuationInAnothersEntry_EndsWhoseCodeItIs()
    {
        var time = new FakeTimeProvider();
        await using var app = await SharedAsync(o => o.Limits.CpuTime = TimeSpan.FromMinutes(5), time: time);
        var function = await app.HandleAsync(
            """
            if (url.pathname === '/late') { console.log('waits /late'); await gate('go').promise; console.log('spins'); for (;;); }
            gate('go').resolve(); await null; await null; return new Response('innocent');
            """,
            top: Top);
        var late = function.GetAsync("/late");
        await app.Logs.WaitForAsync(e => e.Message.Contains("waits /late", StringComparison.Ordinal));
        time.Advance(TimeSpan.FromSeconds(20));
        var innocent = function.GetAsync("/go");
        await app.Logs.WaitForAsync(e => e.Message.Contains("spins", StringComparison.Ordinal));

        // Past the limit of the one, not of the other, in whose entry it runs.
        time.Advance(TimeSpan.FromSeconds(11));

        await Should.ThrowAsync<JsTimeoutException>(async () => await late.InTime());
        (await innocent.InTime()).ShouldBe("innocent");
        app.Logs.Entries.Single(e => e.Id == OperationInterrupted).Message.ShouldContain("(request /late)");
        await app.LeasesReturnedAsync();
    }

    [Fact]
    public async Task Interrupt_CodeOfARequestThatHasEnded_CostsNobodyARequest()
    {
        await using var app = await SharedAsync();
        var function = await app.HandleAsync(
            """
            if (url.pathname === '/leave') { gate('go').promise.then(() => { for (;;); }); return new Response('left'); }
            if (url.pathname === '/go') { gate('go').resolve(); await null; await null; return new Response('innocent'); }
            return new Response('pristine');
            """,
            top: Top);
        (await function.GetAsync("/leave")).ShouldBe("left");
        await app.LeasesReturnedAsync();

        (await function.GetAsync("/go")).ShouldBe("innocent");

        app.Logs.Entries.Count(e => e.Id == OperationInterrupted).ShouldBe(1);
        (await function.GetAsync("/")).ShouldBe("pristine");
        await app.LeasesReturnedAsync();
    }

    [Fact]
    public async Task Interrupt_SeveralRunAwayAtOnce_EachIsEndedAndTheOthersAnswer()
    {
        await using var app = await SharedAsync();
        var function = await app.HandleAsync($"{Body} if (url.pathname.startsWith('/late')) {{ console.log('waits ' + url.pathname); await gate('shared').promise; await links(); }} {Ways["in many chains"]}", top: Top);
        var body = new Pipe();
        Task<string>[] late = [function.GetAsync("/late1"), function.GetAsync("/late2")];
        var waiting = await WaitingAsync(app, function, body.Reader);
        foreach (var path in new[] { "/late1", "/late2" })
        {
            await app.Logs.WaitForAsync(e => e.Message.Contains($"waits {path}", StringComparison.Ordinal));
        }

        await Should.ThrowAsync<JsTimeoutException>(async () => await function.GetAsync("/runaway"));

        foreach (var runaway in late)
        {
            await Should.ThrowAsync<JsTimeoutException>(async () => await runaway.InTime());
        }

        await body.Writer.WriteAsync("whole"u8.ToArray(), Token);
        await body.Writer.CompleteAsync();
        (await Task.WhenAll(waiting).InTime()).ShouldBe(Answers);
        app.Logs.Entries.Count(e => e.Id == OperationInterrupted).ShouldBe(3);
        (await function.GetAsync("/served")).ShouldBe("1");
        await app.LeasesReturnedAsync();
    }

    [Fact]
    [Trait("Clock", "real")]
    public async Task Interrupt_AgainAndAgain_LeavesNothingBehind()
    {
        await using var app = await SharedAsync(o => o.Limits.CpuTime = TimeSpan.FromMilliseconds(30));
        var function = await app.HandleAsync($"{Body} {Ways["in many chains"]}", top: Top);

        for (var i = 0; i < 50; i++)
        {
            var shared = function.GetAsync($"/shared?{i}.");
            await app.Logs.WaitForAsync(e => e.Message.Contains($"waits /shared?{i}.", StringComparison.Ordinal));
            await Should.ThrowAsync<JsTimeoutException>(async () => await function.GetAsync("/runaway"));
            (await shared.InTime()).ShouldBe("/shared shared");
        }

        await app.LeasesReturnedAsync();
        app.Logs.Entries.Count(e => e.Id == OperationInterrupted).ShouldBe(50);
        app.Logs.Entries.ShouldNotContain(e => e.Id == 103 || e.Id == 109);
        app.Pool.Isolates.ShouldBe(1);
    }

    [Fact]
    public async Task Interrupt_BytesHalfHandedOver_AreNotTheNextOnes()
    {
        await using var app = await SharedAsync();
        // A body larger than what crosses at once is staged piece by piece: the runaway is ended within that, sooner or later.
        var function = await app.HandleAsync(
            $$"""
            {{Body}}
            const junk = new Uint8Array(3e6).fill(120);
            if (url.pathname === '/bytes') { console.log('waits ' + url.search); await gate('shared').promise; return new Response(new Uint8Array(5).fill(65)); }
            {{Open}}
            for (;;) crypto.subtle.digest('SHA-256', junk).catch(() => {});
            """,
            top: Top);
        for (var i = 0; i < 5; i++)
        {
            var bytes = function.GetAsync($"/bytes?{i}");
            await app.Logs.WaitForAsync(e => e.Message.Contains($"waits ?{i}", StringComparison.Ordinal));
            await Should.ThrowAsync<JsTimeoutException>(async () => await function.GetAsync("/runaway"));
            (await bytes.InTime()).ShouldBe("AAAAA");
        }
    }

    [Fact]
    [Trait("Clock", "real")]
    public async Task Interrupt_HundredThatRequestsLeft_CostTheContextAfterAWhile()
    {
        await using var app = await SharedAsync(o => o.Limits.CpuTime = TimeSpan.FromMilliseconds(20));
        var function = await app.HandleAsync(
            """
            if (url.pathname === '/leave') { gate('go').promise.then(() => { for (;;); }); return new Response('left'); }
            if (url.pathname === '/go') { gate('go').resolve(); await null; await null; return new Response('innocent'); }
            return new Response('pristine');
            """,
            top: Top);
        for (var i = 0; i < 100; i++)
        {
            (await function.GetAsync("/leave")).ShouldBe("left");
        }

        await Should.ThrowAsync<JsIsolateLostException>(async () => await function.GetAsync("/go").InTime());

        app.Logs.Entries.Count(e => e.Id == OperationInterrupted).ShouldBe(64);
        app.Logs.Entries.Count(e => e.Id == 109).ShouldBe(1);
        (await function.GetAsync("/")).ShouldBe("pristine");
        await app.LeasesReturnedAsync();
    }

    [Fact]
    public async Task Interrupt_StreamThatHasBegun_EndsAndItsNeighboursGoOn()
    {
        await using var app = await SharedAsync();
        var function = await app.HandleAsync($"{Body} await null; return new Response(new ReadableStream({{ pull(c) {{ if (gates.shared === undefined) c.enqueue(new Uint8Array(1)); {Open} for (;;); }} }}));", top: Top);
        var neighbour = function.GetAsync("/timer");
        await app.Logs.WaitForAsync(e => e.Message.Contains("waits /timer", StringComparison.Ordinal));

        await Should.ThrowAsync<Exception>(async () => await function.GetAsync("/runaway").InTime());

        (await neighbour.InTime()).ShouldBe("/timer timer");
        app.Logs.Entries.Count(e => e.Id == OperationInterrupted).ShouldBe(1);
        await app.LeasesReturnedAsync();
    }

    [Fact]
    public async Task Interrupt_WithoutTheCapability_CostsTheContext()
    {
        var capabilities = NativeV8.Detect(JsNativeMode.Auto) with { SelectiveInterrupts = false };
        await using var app = await SharedAsync(services: s => s.AddSingleton(capabilities));
        var function = await app.HandleAsync($"{Body} for (;;);", top: Top);
        var neighbour = function.GetAsync("/shared");
        await app.Logs.WaitForAsync(e => e.Message.Contains("waits /shared", StringComparison.Ordinal));

        await Should.ThrowAsync<JsTimeoutException>(async () => await function.GetAsync("/runaway"));

        await Should.ThrowAsync<JsIsolateLostException>(async () => await neighbour.InTime());
        app.Logs.Entries.Count(e => e.Id == 109).ShouldBe(1);
        (await function.GetAsync("/served")).ShouldBe("1");
        await app.LeasesReturnedAsync();
    }

    [Fact]
    [Trait("Clock", "real")]
    public async Task MaxHeapBytes_Shared_StillCostsTheIsolate()
    {
        await using var app = await SharedAsync(o =>
        {
            o.Limits.CpuTime = TimeSpan.FromSeconds(20);
            o.Limits.MaxHeapBytes = 32 << 20;
        });
        var function = await app.HandleAsync($"{Body} await null; const all = []; for (;;) all.push(new Array(1000).fill(all.length));", top: Top);
        var neighbour = function.GetAsync("/shared");
        await app.Logs.WaitForAsync(e => e.Message.Contains("waits /shared", StringComparison.Ordinal));

        await Should.ThrowAsync<JsMemoryLimitException>(async () => await function.GetAsync("/runaway"));

        await Should.ThrowAsync<JsIsolateLostException>(async () => await neighbour.InTime());
        (await function.GetAsync("/served")).ShouldBe("1");
        await app.LeasesReturnedAsync();
    }

    private static async Task<Task<string>[]> WaitingAsync(FunctionApp app, EdgeFunction function, PipeReader body)
    {
        var waiting = new[]
        {
            function.SendAsync(EdgeFunctionCalls.Post(body, "/body")),
            function.GetAsync("/timer"),
            function.GetAsync("/shared"),
            function.GetAsync("/after"),
            function.GetAsync("/task"),
        };
        foreach (var path in new[] { "/body", "/timer", "/shared", "/after", "/task" })
        {
            await app.Logs.WaitForAsync(e => e.Message.Contains($"waits {path}", StringComparison.Ordinal));
        }

        return waiting;
    }

    private static Task<FunctionApp> SharedAsync(Action<JsRunOptions>? configure = null, Action<IServiceCollection>? services = null, TimeProvider? time = null) => FunctionApp.StartAsync(
        o =>
        {
            o.Isolation = JsIsolation.Shared;
            o.Pool.MaxIsolates = 1;
            o.Limits.CpuTime = TimeSpan.FromMilliseconds(300);
            configure?.Invoke(o);
        },
        time,
        services);
}
