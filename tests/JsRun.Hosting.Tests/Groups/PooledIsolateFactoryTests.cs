using JsRun.Diagnostics;
using JsRun.Engine.Isolates;
using JsRun.Groups;
using JsRun.Images;
using Microsoft.Extensions.DependencyInjection;

namespace JsRun.Hosting.Tests.Groups;

public sealed class PooledIsolateFactoryTests
{
    [Fact]
    public async Task CreateAsync_ContextsCannotBeMade_EndsTheIsolate()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "The names of threads are read from /proc.");
        await using var app = await FunctionApp.StartAsync();
        var services = app.Host.Services;
        var group = services.GetRequiredService<PoolGroups>().Get("");
        var factory = new PooledIsolateFactory("odd", group.Context, new GroupReplayImages("it is a test"), services.GetRequiredService<IsolateServices>() with { Time = new BrokenClock() }, services.GetRequiredService<JsRunMetrics>());

        await Should.ThrowAsync<NotSupportedException>(() => factory.CreateAsync(group.Pool, TestContext.Current.CancellationToken).InTime());

        await Eventually.HoldsAsync(static () => IsolateThreads.Named("jsrun-odd-1").Length == 0);
        IsolateThreads.Named("jsrun-default").ShouldNotBeEmpty("those that are in use are seen");
    }

    /// <summary>No context can be made with it.</summary>
    private sealed class BrokenClock : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => throw new NotSupportedException("It shows no time.");
    }
}
