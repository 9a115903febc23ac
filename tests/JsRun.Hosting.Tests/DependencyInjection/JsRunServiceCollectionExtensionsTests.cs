using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace JsRun.Hosting.Tests.DependencyInjection;

public sealed class JsRunServiceCollectionExtensionsTests
{
    [Fact]
    public void AddJsRun_Twice_RegistersOnce()
    {
        var services = new ServiceCollection();
        services.AddJsRun();
        var once = services.Where(IsOurs).ToList();

        services.AddJsRun();

        services.Where(IsOurs).ShouldBe(once);
    }

    [Fact]
    public void AddJsRun_Twice_AppliesBothConfigurations()
    {
        using var services = new ServiceCollection().AddJsRun(o => o.Limits.MaxTimers = 5).Services.AddJsRun(o => o.Limits.MaxSubrequests = 6).Services.BuildServiceProvider();

        services.GetRequiredService<IOptions<JsRunOptions>>().Value.Limits.ShouldSatisfyAllConditions(l => l.MaxTimers.ShouldBe(5), l => l.MaxSubrequests.ShouldBe(6));
    }

    [Fact]
    public void AddJsRun_TimeProviderGiven_KeepsIt()
    {
        var time = new Microsoft.Extensions.Time.Testing.FakeTimeProvider();

        using var services = new ServiceCollection().AddSingleton<TimeProvider>(time).AddJsRun().Services.BuildServiceProvider();

        services.GetRequiredService<TimeProvider>().ShouldBeSameAs(time);
    }

    private static bool IsOurs(ServiceDescriptor service) =>
        service.ServiceType.Namespace?.StartsWith("JsRun", StringComparison.Ordinal) == true || service.ImplementationType?.Namespace?.StartsWith("JsRun", StringComparison.Ordinal) == true;
}
