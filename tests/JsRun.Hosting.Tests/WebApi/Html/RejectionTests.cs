using System.Globalization;
using JsRun.Runtimes;

namespace JsRun.Hosting.Tests.WebApi.Html;

/// <summary>Promises that are rejected and that nobody waits for, as V8 tells of them.</summary>
public sealed class RejectionTests(SharedFunctionApp shared) : IClassFixture<SharedFunctionApp>
{
    private const int Uncaught = 102;

    [Theory]
    [InlineData("Promise.reject(new Error('lost'));")]
    [InlineData("(async () => { throw new Error('lost'); })();")]
    [InlineData("(async () => { await null; throw new Error('lost'); })(); await null; await null;")]
    [InlineData("Promise.resolve().then(() => { throw new Error('lost'); }); await null;")]
    [InlineData("new Promise((_, reject) => setTimeout(reject, 0, new Error('lost'))); await new Promise((resolve) => setTimeout(resolve, 1));")]
    [InlineData("const p = Promise.reject(new Error('handled')); Promise.reject(new Error('lost')); p.catch(() => {});")]
    public async Task Reject_NobodyWaits_IsLoggedWithFunctionAndRequest(string code)
    {
        await using var app = await FunctionApp.StartAsync();
        var function = await app.HandleAsync($"{code} return new Response('answered');", "careless.js");

        (await function.GetAsync("/it")).ShouldBe("answered");

        var entry = await app.Logs.WaitForAsync(e => e.Id == Uncaught);
        entry.Message.ShouldContain("careless.js");
        entry.Message.ShouldContain("(request /it)");
        entry.Message.ShouldContain("(in a promise)");
        entry.Message.ShouldContain("lost");
        await app.LeasesReturnedAsync();
        app.Logs.Entries.Count(e => e.Id == Uncaught).ShouldBe(1);
    }

    [Theory]
    [InlineData("await Promise.reject(1).catch(() => {});")]
    [InlineData("try { await (async () => { throw 1 })() } catch { }")]
    [InlineData("for (let i = 0; i < 1000; i++) { try { await (async () => { await null; throw i })() } catch { } }")]
    [InlineData("await Promise.allSettled([Promise.reject(1), (async () => { throw 2 })()]);")]
    [InlineData("const late = [Promise.reject(1), Promise.reject(2), Promise.reject(3)]; for (const p of late) p.catch(() => {});")]
    [InlineData("const late = Promise.reject(1); await null; await null; late.catch(() => {});")]
    [InlineData("await new Response(new ReadableStream({ pull() { throw new Error('x') } })).text().catch(() => {});")]
    [InlineData("await fetch('http://localhost:1/').catch(() => {});")]
    [InlineData("try { await import('./nothing.js') } catch { }")]
    [InlineData("const { readable, writable } = new TransformStream({ transform() { throw new Error('x') } }); const w = writable.getWriter(); w.closed.catch(() => {}); w.write(1).catch(() => {}); await readable.getReader().read().catch(() => {});")]
    public async Task Reject_HandledBeforeTheMicrotasksEnd_SaysNothing(string code)
    {
        var app = shared.App;
        var file = $"quiet{(uint)code.GetHashCode(StringComparison.Ordinal)}.js";
        var function = await app.HandleAsync($"let events = 0; addEventListener('unhandledrejection', () => {{ events++ }}); {code} await new Promise((resolve) => setTimeout(resolve, 1)); return new Response(String(events));", file);

        (await function.GetAsync()).ShouldBe("0");
        app.Logs.Entries.ShouldNotContain(e => e.Id == Uncaught && e.Message.Contains(file, StringComparison.Ordinal));
    }

    [Fact]
    public async Task UnhandledRejection_Event_HasPromiseAndReasonAndCanBeCancelled()
    {
        var app = shared.App;
        var function = await app.HandleAsync(
            """
            const seen = [];
            addEventListener('unhandledrejection', (e) => { seen.push(e.constructor.name, e.promise === mine, e.reason.message, e.cancelable, e.isTrusted); e.preventDefault(); });
            addEventListener('rejectionhandled', (e) => { seen.push('handled', e.promise === mine, e.reason.message); });
            const mine = Promise.reject(new Error('mine'));
            await new Promise((resolve) => setTimeout(resolve, 1));
            mine.catch(() => {});
            await new Promise((resolve) => setTimeout(resolve, 1));
            return new Response(seen.join());
            """,
            "cancels.js");

        (await function.GetAsync()).ShouldBe("PromiseRejectionEvent,true,mine,true,true,handled,true,mine");
        app.Logs.Entries.ShouldNotContain(e => e.Id == Uncaught && e.Message.Contains("cancels.js", StringComparison.Ordinal));
    }

    [Fact]
    public async Task UnhandledRejection_ManyAtOnce_AreToldInOrder()
    {
        var app = shared.App;
        var function = await app.HandleAsync(
            """
            const seen = [];
            onunhandledrejection = (e) => { seen.push(e.reason); return e.preventDefault(); };
            for (let i = 0; i < 500; i++) Promise.reject(i);
            await new Promise((resolve) => setTimeout(resolve, 1));
            return new Response(`${seen.length} ${seen.every((v, i) => v === i)}`);
            """);

        (await function.GetAsync()).ShouldBe("500 true");
    }

    [Theory]
    [InlineData("Promise.reject(new Proxy({}, { get() { throw 1 }, getPrototypeOf() { throw 2 }, has() { throw 3 } }));")]
    [InlineData("Promise.reject({ hostException: 1 });")]
    [InlineData("Promise.reject({ get hostException() { throw { hostException: 1 } }, get message() { throw 1 } });")]
    [InlineData("class P extends Promise { get then() { throw 1 } } P.reject(new Error('x'));")]
    [InlineData("Object.defineProperty(Array.prototype, 0, { set() { globalThis.leak = 1 } }); Object.defineProperty(Array.prototype, 1, { set(v) { globalThis.leak = 2 } }); Promise.reject(new Error('x'));")]
    [InlineData("WeakMap.prototype.set = WeakMap.prototype.has = WeakMap.prototype.delete = Set.prototype.delete = () => { throw 1 }; Promise.reject(new Error('x'));")]
    [InlineData("addEventListener('unhandledrejection', () => { throw { hostException: 1 } }); Promise.reject(new Error('x'));")]
    [InlineData("addEventListener('unhandledrejection', (e) => { Promise.reject(2) }, { once: true }); Promise.reject(new Error('x'));")]
    public async Task Reject_HostileReason_IsReportedAndNothingLeaks(string code)
    {
        await using var app = await FunctionApp.StartAsync();
        var function = await app.HandleAsync($"{code} await null; return new Response(String(globalThis.leak));");

        (await function.GetAsync()).ShouldBe("undefined");

        await app.Logs.WaitForAsync(e => e.Id == Uncaught);
        (await (await app.EchoAsync()).GetAsync("/alive")).ShouldBe("/alive");
        await app.LeasesReturnedAsync();
        app.Logs.Entries.ShouldNotContain(e => e.Id == 100 || e.Id == 107, "a host operation failed, or a message");
    }

    [Theory]
    [Trait("Clock", "real")]
    [InlineData("Promise.reject(new Proxy({}, { get() { for (;;); } }));")]
    [InlineData("Promise.reject(Object.defineProperty(new Error('x'), 'message', { get() { for (;;); } }));")]
    [InlineData("Promise.reject({ toString() { for (;;); } });")]
    [InlineData("addEventListener('unhandledrejection', () => { for (;;); }); Promise.reject(1);")]
    [InlineData("addEventListener('unhandledrejection', (e) => { Promise.reject(1); }); Promise.reject(1); for (;;) await null;")]
    public async Task Reject_WhatIsReadLoops_IsInterrupted(string code)
    {
        await using var app = await FunctionApp.StartAsync(o =>
        {
            o.Pool.MaxIsolates = 1;
            o.Limits.CpuTime = TimeSpan.FromMilliseconds(300);
        });
        var function = await app.HandleAsync($"{code} await request.text(); return new Response('never');");

        await Should.ThrowAsync<JsTimeoutException>(async () => await function.SendAsync(EdgeFunctionCalls.Post(new System.IO.Pipelines.Pipe().Reader)));

        (await (await app.EchoAsync()).GetAsync("/alive")).ShouldBe("/alive");
        await app.LeasesReturnedAsync();
        app.Pool.Quarantined.ShouldBe(0);
    }

    [Fact]
    public async Task Reject_EndlesslyInMemory_EndsAtTheHeapLimit()
    {
        await using var app = await FunctionApp.StartAsync(o => o.Limits.MaxHeapBytes = 32 << 20);
        var function = await app.HandleAsync("for (;;) Promise.reject(new Array(10)); ");

        await Should.ThrowAsync<JsMemoryLimitException>(async () => await function.GetAsync());

        (await (await app.EchoAsync()).GetAsync("/alive")).ShouldBe("/alive");
    }

    [Fact]
    public async Task Reject_TopLevel_IsLoggedAndTheFunctionServes()
    {
        await using var app = await FunctionApp.StartAsync();
        var function = await app.HandleAsync("return new Response('served');", "top.js", "Promise.reject(new Error('top'));");

        (await function.GetAsync()).ShouldBe("served");
        (await app.Logs.WaitForAsync(e => e.Id == Uncaught)).Message.ShouldContain("top.js");
    }

    [Theory]
    [InlineData(JsNativeMode.Auto)]
    [InlineData(JsNativeMode.Off)]
    public async Task UncaughtError_RuntimeOfItsOwn_HearsOfItWhereV8Tells(JsNativeMode native)
    {
        await using var host = await TestHost.StartAsync(o => o.Engine.Native = native);
        var heard = new List<string>();
        await using var runtime = await host.Runtimes.CreateAsync(new JsRuntimeOptions { OnUncaughtError = e => heard.Add(e.Message) }, TestContext.Current.CancellationToken);

        var answer = await runtime.EvaluateTextAsync("Promise.reject(new RangeError('unheard')); 1 + 1", cancellationToken: TestContext.Current.CancellationToken);
        await runtime.EvaluateTextAsync("2", cancellationToken: TestContext.Current.CancellationToken);

        int.Parse(answer.Text, CultureInfo.InvariantCulture).ShouldBe(2);
        heard.Count.ShouldBe(native == JsNativeMode.Auto ? 1 : 0);
    }
}
