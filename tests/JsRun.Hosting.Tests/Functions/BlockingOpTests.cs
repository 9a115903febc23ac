using System.Diagnostics;
using Microsoft.Extensions.DependencyInjection;

namespace JsRun.Hosting.Tests.Functions;

/// <summary>Synchronous ops that keep the thread of an isolate which requests share.</summary>
public sealed class BlockingOpTests
{
    [Theory]
    [InlineData(JsIsolation.PerRequest, JsNativeMode.Auto)]
    [InlineData(JsIsolation.PerRequest, JsNativeMode.Off)]
    [InlineData(JsIsolation.Shared, JsNativeMode.Auto)]
    [InlineData(JsIsolation.Shared, JsNativeMode.Off)]
    public async Task Timeout_OpBlocksForSecondsBeyondIt_CallerIsToldAtOnceAndNobodyElseIsLost(JsIsolation isolation, JsNativeMode native)
    {
        using var gate = new ManualResetEventSlim();
        await using var app = await FunctionApp.StartAsync(
            o =>
            {
                (o.Isolation, o.Engine.Native, o.Pool.MaxIsolates) = (isolation, native, 1);
                o.Limits.Timeout = TimeSpan.FromSeconds(1);
                o.Permissions.Add("op:*");
            },
            services: s => s.AddJsRun().AddOp("work", () => gate.Wait(TimeSpan.FromSeconds(30))));
        var function = await app.HandleAsync("if (url.pathname === '/work') env.work(); return new Response(url.pathname);");
        (await function.GetAsync("/first")).ShouldBe("/first");
        var since = Stopwatch.GetTimestamp();

        // While the op still blocks.
        await Should.ThrowAsync<JsTimeoutException>(async () => await function.GetAsync("/work"));
        await Eventually.HoldsAsync(() => Stopwatch.GetElapsedTime(since) > TimeSpan.FromSeconds(3));
        gate.Set();

        (await function.GetAsync("/later")).ShouldBe("/later");
        app.Pool.Quarantined.ShouldBe(0);
        app.Logs.Entries.ShouldNotContain(e => e.Id == 105);
    }
}
