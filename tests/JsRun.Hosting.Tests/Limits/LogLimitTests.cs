using System.Runtime.CompilerServices;
using Microsoft.Extensions.DependencyInjection;

namespace JsRun.Hosting.Tests.Limits;

/// <summary>How much of the log a request may fill, and with what.</summary>
public sealed class LogLimitTests
{
    private const int Limit = 100_000;

    [Theory]
    [InlineData(JsIsolation.PerRequest)]
    [InlineData(JsIsolation.Shared)]
    public async Task Reports_OfOneRequest_AreLimitedAndTheNextHasItsOwn(JsIsolation isolation)
    {
        await using var app = await StartAsync(isolation);
        var function = await app.HandleAsync("""
            const length = Number(url.searchParams.get('length'));
            for (let i = 0; i < 40; i++) Promise.reject(new Error('x'.repeat(length)));
            setTimeout(() => { throw new Error('last'); });
            await new Promise((resolve) => setTimeout(resolve, 1));
            return new Response('ok');
            """);

        (await function.GetAsync("/?length=16000")).ShouldBe("ok");
        var first = app.Logs.Entries.Where(e => e.Message.Contains("Uncaught error", StringComparison.Ordinal)).ToArray();
        first.Sum(e => e.Message.Length).ShouldBeInRange(Limit / 2, Limit * 2);
        app.Logs.Entries.Count(e => e.Message.Contains("has used its share of the log", StringComparison.Ordinal)).ShouldBe(1);

        (await function.GetAsync("/?length=1")).ShouldBe("ok");
        (app.Logs.Entries.Count(e => e.Message.Contains("Uncaught error", StringComparison.Ordinal)) - first.Length).ShouldBe(41);
    }

    [Fact]
    public async Task Refusals_OfOneRequest_AreLimitedInTheLogAndAllCounted()
    {
        var told = new StrongBox<int>();
        await using var app = await FunctionApp.StartAsync(
            o => o.Limits.MaxConsoleBytes = Limit,
            services: s => s.AddJsRun().AddOp("secret", () => 1).OnPermissionDenied(_ => Interlocked.Increment(ref told.Value)));
        var function = await app.HandleAsync("""
            let refused = 0;
            for (let i = 0; i < 3000; i++) try { env.secret(); } catch { refused++; }
            return new Response(String(refused));
            """);

        (await function.GetAsync()).ShouldBe("3000");

        told.Value.ShouldBe(3000);
        app.Logs.Entries.Count(e => e.Message.StartsWith("Denied", StringComparison.Ordinal)).ShouldBe(Limit / 128);
    }

    [Theory]
    [InlineData(JsIsolation.PerRequest)]
    [InlineData(JsIsolation.Shared)]
    public async Task Console_ControlCharacters_AreEscapedInTheLog(JsIsolation isolation)
    {
        await using var app = await StartAsync(isolation);
        var function = await app.HandleAsync(@"console.log('a\u001b[2Jb\rc\u202ed\ne'); reportError(new Error('f\u001bg')); return new Response('ok');");

        await function.GetAsync();

        app.Logs.Entries.ShouldContain(e => e.Message.Contains(@"a\u001b[2Jb\u000dc\u202ed" + "\ne", StringComparison.Ordinal));
        app.Logs.Entries.ShouldContain(e => e.Message.Contains(@"f\u001bg", StringComparison.Ordinal));
        app.Logs.Entries.ShouldAllBe(e => !e.Message.Contains('\u001b'));
    }

    private static Task<FunctionApp> StartAsync(JsIsolation isolation) => FunctionApp.StartAsync(o =>
    {
        o.Isolation = isolation;
        o.Limits.MaxConsoleBytes = Limit;
    });
}
