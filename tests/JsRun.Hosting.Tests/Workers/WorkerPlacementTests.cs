using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace JsRun.Hosting.Tests.Workers;

public class WorkerPlacementTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Start_GroupWithABindingThatHoldsAStream_IsRefusedWithItsName()
    {
        using var host = Build(static services => services.AddOp("notify", static () => 1).AddBinding("files", new Dictionary<string, object?> { ["inner"] = Stream.Null }, JsPermission.None, "acme"));

        var refused = await Should.ThrowAsync<OptionsValidationException>(() => host.StartAsync(Token));

        refused.Message.ShouldStartWith("JsRun:Groups:acme:Placement is 'OutOfProcess'");
        refused.Message.ShouldContain("'files.inner'");
    }

    [Fact]
    public async Task Start_WithoutAspNetCore_IsRefused()
    {
        using var host = Build(static _ => { });

        var refused = await Should.ThrowAsync<OptionsValidationException>(() => host.StartAsync(Token));

        refused.Message.ShouldContain("JsRun.AspNetCore.dll is not beside JsRun.Worker.dll");
    }

    [Fact]
    public async Task Rent_FromAGroupOutOfProcess_IsRefused()
    {
        using var host = Build(static _ => { });
        var factory = host.Services.GetRequiredService<IJsRuntimeFactory>();

        var refused = await Should.ThrowAsync<NotSupportedException>(() => factory.RentAsync(new JsRentOptions { Group = "acme" }, Token).AsTask());

        refused.Message.ShouldContain("JsRun:Groups:acme:Placement is 'OutOfProcess'");
        await using var runtime = await factory.RentAsync(null, Token);
        (await runtime.EvaluateAsync<int>("6 * 7", Token)).ShouldBe(42);
    }

    private static IHost Build(Action<IJsRunBuilder> configure)
    {
        var builder = Host.CreateEmptyApplicationBuilder(null);
        configure(builder.Services.AddJsRun().AddGroup("acme", static group => group.Placement = JsPlacement.OutOfProcess));
        return builder.Build();
    }
}
