using System.Text;
using JsRun.Workers;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace JsRun.Hosting.Tests.Workers;

public class WorkerConfigurationTests
{
    [Theory]
    [InlineData("")]
    [InlineData("acme")]
    public void ToJson_OfAGroup_IsBoundToTheSameSettings(string group)
    {
        var application = new JsRunOptions { Pool = { MaxIsolates = 7, IdleTimeout = TimeSpan.FromMinutes(3) }, Images = { Tier = JsImageMode.Replay }, Placement = JsPlacement.OutOfProcess };
        application.Env["OF_THE_APPLICATION"] = "secret";
        application.Groups["other"] = new JsRunGroupOptions { Env = { ["OF_ANOTHER"] = "secret" } };
        var options = new JsRunGroupOptions { Placement = JsPlacement.OutOfProcess, Isolation = JsIsolation.Shared, Surface = JsSurface.Full, Limits = { Timeout = TimeSpan.FromSeconds(7), MaxConcurrency = 3 }, Permissions = { "net:api.example.com", "env:*" } };

        var json = WorkerConfiguration.ToJson(group, options, application, new Dictionary<string, string> { ["NAME"] = "value: \"x\"" });

        json.ShouldNotContain("secret");
        var bound = Bind(json);
        var own = group.Length == 0 ? bound : bound.Groups[group];
        own.Placement.ShouldBe(JsPlacement.InProcess);
        own.Isolation.ShouldBe(JsIsolation.Shared);
        own.Surface.ShouldBe(JsSurface.Full);
        own.Limits.Timeout.ShouldBe(TimeSpan.FromSeconds(7));
        own.Limits.MaxConcurrency.ShouldBe(3);
        own.Permissions.ShouldBe(["net:api.example.com", "env:*"]);
        own.Env.ShouldHaveSingleItem().ShouldBe(new("NAME", "value: \"x\""));
        own.Functions.Watch.ShouldBe(false);
        bound.Pool.MaxIsolates.ShouldBe(7);
        bound.Pool.IdleTimeout.ShouldBe(TimeSpan.FromMinutes(3));
        bound.Images.Tier.ShouldBe(JsImageMode.Replay);
        bound.Groups.Keys.ShouldBe(group.Length == 0 ? [] : [group]);
        (group.Length == 0 ? JsPlacement.InProcess : JsPlacement.OutOfProcess).ShouldBe(bound.Placement);
    }

    private static JsRunOptions Bind(string json)
    {
        var services = new ServiceCollection();
        services.AddSingleton<IConfiguration>(new ConfigurationBuilder().AddJsonStream(new MemoryStream(Encoding.UTF8.GetBytes(json))).Build());
        services.AddJsRun();
        using var provider = services.BuildServiceProvider();
        return provider.GetRequiredService<IOptions<JsRunOptions>>().Value;
    }
}
