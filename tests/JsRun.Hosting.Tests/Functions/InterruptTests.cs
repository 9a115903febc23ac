using JsRun.Groups;
using JsRun.Limits;
using Microsoft.Extensions.DependencyInjection;
namespace JsRun.Hosting.Tests.Functions;

/// <summary>What becomes of the neighbours of a request that has to be stopped.</summary>
[Collection(IsolateLifeCollection.Name)]
[Trait("Clock", "real")]
public sealed class InterruptTests
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
    public async Task Interrupt_OffenderAgainAndAgain_TheIsolateServesOn(JsIsolation isolation)
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
        // A context of its own goes with it; one that it shares goes with the last of the others.
        app.Logs.Entries.Count(e => e.Id == (isolation == JsIsolation.Shared ? 111 : 109)).ShouldBe(5);
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

    [Theory]
    [InlineData(JsIsolation.PerRequest)]
    [InlineData(JsIsolation.Shared)]
    public async Task Interrupt_ReplaceAllOnALongText_CostsTheGroupNoMoreThanItsShareOfThreads(JsIsolation isolation)
    {
        await using var app = await FunctionApp.StartAsync(o =>
        {
            (o.Isolation, o.Pool.MaxIsolates, o.Pool.MaxQuarantined) = (isolation, 1, 1);
            o.Limits.CpuTime = TimeSpan.FromMilliseconds(200);
            o.Groups["others"] = new();
        });
        app.Write("others.js", "export default { fetch: () => new Response('served') }");
        var others = await app.DeployFileAsync("others.js", "others");
        // Looks at no interrupt, and takes seconds: the thread ends by itself after the test.
        var stuck = await app.HandleAsync("'a'.repeat(6e7).replaceAll('a', 'bb'); return new Response('never');");
        var echo = await app.EchoAsync();

        await Should.ThrowAsync<JsTimeoutException>(() => stuck.GetAsync().InTime());

        await Eventually.HoldsAsync(() => app.Pool.Quarantined == 1, () => $"{app.Pool}");
        (await others.GetAsync()).ShouldBe("served");
        // Refused while the thread goes on, and served again when it has ended by itself.
        await Should.ThrowAsync<JsPoolExhaustedException>(() => echo.GetAsync());
        app.Host.Functions.GetPoolStatus("others").Quarantined.ShouldBe(0);
        await app.LeasesReturnedAsync();
    }

    [Fact]
    public async Task Quarantined_ThreadEndsByItself_IsAGaugeThatGoesDown()
    {
        await using var app = await OneIsolateAsync();
        var pool = app.Host.Services.GetRequiredService<PoolGroups>().Get("").Pool;

        ((IInterruptible)pool.Isolates[0].Isolate).Quarantine();

        await Eventually.HoldsAsync(() => app.Logs.Entries.Any(e => e.Message.Contains("The abandoned thread of isolate", StringComparison.Ordinal)) && app.Pool.Quarantined == 0, () => $"{app.Pool}");
        (await (await app.EchoAsync()).GetAsync("/after")).ShouldBe("/after");
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

    private static Task<FunctionApp> OneIsolateAsync() => FunctionApp.StartAsync(o =>
    {
        o.Pool.MaxIsolates = 1;
        o.Limits.CpuTime = TimeSpan.FromMilliseconds(500);
    });
}
