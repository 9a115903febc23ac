using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace JsRun.Hosting.Tests.Options.Validation;

public sealed class JsRunOptionsValidatorTests
{
    [Theory]
    [InlineData("JsRun:Limits:Timeout", "00:00:00.009", "00:00:00.010 to 1.00:00:00")]
    [InlineData("JsRun:Limits:CpuTime", "1.00:00:01", "00:00:00.010 to 1.00:00:00")]
    [InlineData("JsRun:Limits:MaxHeapBytes", "8388607", "8388608 to 17179869184 (8 MiB to 16 GiB)")]
    [InlineData("JsRun:Limits:MaxConcurrency", "0", "1 to 1000000")]
    [InlineData("JsRun:Pool:QueueLimit", "-1", "0 to 1000000")]
    [InlineData("JsRun:Pool:IdleTimeout", "00:00:00.999", "00:00:01 to 1.00:00:00")]
    [InlineData("JsRun:Groups:acme.eu:Limits:MaxTimers", "0", "1 to 1000000")]
    public void Validate_JustOutOfRange_NamesKeyValueAndRange(string key, string value, string range)
    {
        var failure = Configured.Failures((key, value)).ShouldHaveSingleItem();

        failure.ShouldStartWith($"{key} is '{value}");
        failure.ShouldContain($"allowed is {range}");
    }

    [Theory]
    [InlineData("JsRun:Limits:Timeout", "00:00:00.010")]
    [InlineData("JsRun:Limits:CpuTime", "1.00:00:00")]
    [InlineData("JsRun:Limits:MaxHeapBytes", "8388608")]
    [InlineData("JsRun:Limits:MaxHeapBytes", "17179869184")]
    [InlineData("JsRun:Limits:MaxConcurrency", "1")]
    [InlineData("JsRun:Placement", "OutOfProcess")]
    [InlineData("JsRun:Workers:Count", "64")]
    [InlineData("JsRun:Workers:IdleTimeout", "00:00:01")]
    [InlineData("JsRun:Groups:acme:Workers:Sandbox", "Off")]
    [InlineData("JsRun:Pool:QueueLimit", "0")]
    public void Validate_JustInRange_Passes(string key, string value) => Should.NotThrow(() => Configured.Options((key, value)));

    [Fact]
    public void Validate_WeakToken_IsRefusedWithoutShowingIt() =>
        Configured.Failures(("JsRun:Inspector:Token", "short")).ShouldHaveSingleItem().ShouldBe("JsRun:Inspector:Token is not valid: choose 16 to 128 letters, digits, '-' and '_'.");

    [Fact]
    public void Validate_InheritedMistake_NamesEveryPlaceItReaches() =>
        Configured.Failures(("JsRun:Limits:MaxTimers", "0"), ("JsRun:Groups:acme:Isolation", "Shared")).Select(failure => failure.Split(' ')[0])
            .ShouldBe(["JsRun:Limits:MaxTimers", "JsRun:Groups:acme:Limits:MaxTimers"]);

    [Theory]
    [InlineData("JsRun:Permissions:0", "net:https://a.example/x", "without scheme and path")]
    [InlineData("JsRun:Permissions:0", "file:/etc", "a permission is net:HOST")]
    [InlineData("JsRun:Groups:acme:Permissions:0", "net:", "is not a host")]
    [InlineData("JsRun:Images:CachePath", "relative/folder", "an absolute path")]
    [InlineData("JsRun:Inspector:Path", "inspector", "begins with '/'")]
    public void Validate_WrongText_NamesKeyAndReason(string key, string value, string reason)
    {
        var failure = Configured.Failures((key, value)).ShouldHaveSingleItem();

        failure.ShouldStartWith($"{key} is '{value}'");
        failure.ShouldContain(reason);
    }

    [Theory]
    [InlineData("has space")]
    [InlineData("-x")]
    [InlineData("a/b")]
    public void Validate_WrongGroupName_NamesIt(string name) =>
        Configured.Failures(($"JsRun:Groups:{name}:Isolation", "Shared")).ShouldHaveSingleItem().ShouldStartWith($"JsRun:Groups:{name} is '{name}'");

    [Theory]
    [InlineData("1A")]
    [InlineData("A-B")]
    public void Validate_WrongEnvName_NamesIt(string name) =>
        Configured.Failures(($"JsRun:Env:{name}", "x")).ShouldHaveSingleItem().ShouldStartWith($"JsRun:Env:{name} is '{name}'");

    [Fact]
    public void Validate_MoreMinThanMaxIsolates_NamesBoth() =>
        Configured.Failures(("JsRun:Pool:MinIsolates", "5"), ("JsRun:Pool:MaxIsolates", "4")).ShouldHaveSingleItem()
            .ShouldStartWith("JsRun:Pool:MinIsolates is '5', which is more than JsRun:Pool:MaxIsolates ('4')");

    [Fact]
    public void Validate_UndefinedEnumInCode_IsRefused() =>
        Configured.Failures(o => o.Surface = (JsSurface)9).ShouldHaveSingleItem().ShouldStartWith("JsRun:Surface is '9'");

    [Fact]
    public async Task Validate_WrongOptions_StopTheStart()
    {
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Services.AddJsRun(o => o.Limits.MaxTimers = 0);
        using var host = builder.Build();

        var exception = await Should.ThrowAsync<OptionsValidationException>(() => host.StartAsync(TestContext.Current.CancellationToken));

        exception.Message.ShouldContain("JsRun:Limits:MaxTimers is '0'");
    }
}
