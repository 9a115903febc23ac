using JsRun.AspNetCore.Tests.Fakes;
using JsRun.Functions;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Options;

namespace JsRun.AspNetCore.Tests.Health;

public class JsRunHealthCheckTests
{
    [Theory]
    [InlineData(1, 0, 0, HealthStatus.Healthy)]
    [InlineData(0, 0, 0, HealthStatus.Unhealthy)]
    [InlineData(1, 2, 0, HealthStatus.Healthy)]
    [InlineData(1, 3, 0, HealthStatus.Unhealthy)]
    [InlineData(1, 0, 80, HealthStatus.Healthy)]
    [InlineData(1, 0, 81, HealthStatus.Degraded)]
    [InlineData(0, 0, 81, HealthStatus.Unhealthy)]
    public async Task CheckHealth_Pool_Decides(int isolates, int quarantined, int queued, HealthStatus expected)
    {
        var report = await CheckAsync(new JsPoolStatus { Isolates = isolates, Quarantined = quarantined, Queued = queued, MaxIsolates = 4, QueueLimit = 100 });

        report.Status.ShouldBe(expected);
        report.Entries["jsrun"].Data["queued"].ShouldBe(queued);
    }

    [Theory]
    [InlineData(1000, HealthStatus.Healthy)]
    [InlineData(1001, HealthStatus.Degraded)]
    public async Task CheckHealth_RequestsWait_Degraded(int milliseconds, HealthStatus expected)
        => (await CheckAsync(new JsPoolStatus { Isolates = 1, Leases = 8, Queued = 1, MaxIsolates = 4, QueueLimit = 100, LongestWait = TimeSpan.FromMilliseconds(milliseconds), Streams = 8 })).Status.ShouldBe(expected);

    [Fact]
    public async Task CheckHealth_FunctionFails_IsDegradedAndNamesIt()
    {
        var host = new FakeHost { OnDeploy = f => f.CurrentError = f.Descriptor.File == "bad.ts" ? "broken" : null };
        foreach (var file in new[] { "good.ts", "bad.ts" })
        {
            await host.DeployAsync(new EdgeFunctionDescriptor { Name = "/" + file, Root = "/", File = file }, TestContext.Current.CancellationToken);
        }

        await using var services = Services(host, 1, null);
        var report = await services.GetRequiredService<HealthCheckService>().CheckHealthAsync(TestContext.Current.CancellationToken);

        report.Status.ShouldBe(HealthStatus.Degraded);
        report.Entries["jsrun"].Description.ShouldNotBeNull().ShouldContain("/bad.ts");
        report.Entries["jsrun"].Data["failing"].ShouldBe(new[] { "/bad.ts" });
    }

    [Fact]
    public async Task CheckHealth_LastIsolateIsBeingReplaced_IsNoFailure()
        => (await CheckAsync(new JsPoolStatus { MaxIsolates = 4, QueueLimit = 100, Starting = 1 })).Status.ShouldBe(HealthStatus.Degraded);

    [Fact]
    public async Task CheckHealth_GroupIsRefused_IsNoFailureOfTheProcess()
        => (await CheckAsync(new JsPoolStatus { Quarantined = 2, MaxIsolates = 4, QueueLimit = 100 })).Status.ShouldBe(HealthStatus.Healthy);

    [Fact]
    public async Task CheckHealth_NoIsolatesWanted_IsHealthy()
        => (await CheckAsync(new JsPoolStatus { MaxIsolates = 4, QueueLimit = 100 }, minIsolates: 0)).Status.ShouldBe(HealthStatus.Healthy);

    [Fact]
    public async Task AddJsRunHealthCheck_ImpossibleShare_SaysWhich()
    {
        await using var services = Services(new FakeHost { Pool = new JsPoolStatus { Isolates = 1, MaxIsolates = 4, QueueLimit = 100 } }, 1, o => o.DegradedQueueShare = 2);

        Should.Throw<OptionsValidationException>(() => services.GetRequiredService<IOptionsMonitor<JsRunHealthCheckOptions>>().Get("jsrun")).Message.ShouldContain("DegradedQueueShare");
    }

    private static async Task<HealthReport> CheckAsync(JsPoolStatus pool, int minIsolates = 1)
    {
        await using var services = Services(new FakeHost { Pool = pool }, minIsolates, null);
        return await services.GetRequiredService<HealthCheckService>().CheckHealthAsync(TestContext.Current.CancellationToken);
    }

    private static ServiceProvider Services(FakeHost host, int minIsolates, Action<JsRunHealthCheckOptions>? configure)
    {
        var services = new ServiceCollection();
        services.AddLogging().AddSingleton<IEdgeFunctionHost>(host);
        services.Configure<JsRunOptions>(o => o.Pool.MinIsolates = minIsolates);
        services.AddHealthChecks().AddJsRunHealthCheck(configure: configure);
        return services.BuildServiceProvider();
    }
}
