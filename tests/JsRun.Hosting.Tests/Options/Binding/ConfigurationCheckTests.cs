using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace JsRun.Hosting.Tests.Options.Binding;

public sealed class ConfigurationCheckTests
{
    [Theory]
    [InlineData("JsRun:Limits:Timeuot", "JsRun:Limits:Timeout")]
    [InlineData("JsRun:Limit:Timeout", "JsRun:Limits")]
    [InlineData("JsRun:Timeout", "JsRun:Limits:Timeout")]
    [InlineData("JsRun:Groups:acme:Pool:MaxIsolates", "JsRun:Pool")]
    [InlineData("JsRun:Groups:acme:Limits:MaxHeapByte", "JsRun:Groups:acme:Limits:MaxHeapBytes")]
    public void Run_UnknownKey_NamesItAndSuggests(string key, string suggestion)
    {
        var failure = Configured.Failures((key, "00:00:01")).ShouldHaveSingleItem();

        failure.ShouldContain("is not a known key");
        key.ShouldStartWith(failure.Split(' ')[0]);
        failure.ShouldEndWith($"Did you mean {suggestion}?");
    }

    [Fact]
    public void Run_UnknownKeyLikeNoOther_ListsTheKnown() =>
        Configured.Failures(("JsRun:Engine:Turbo", "on")).ShouldBe(["JsRun:Engine:Turbo is not a known key. Known here are: Native."]);

    [Theory]
    [InlineData("JsRun:Limits:Timeout", "soon", "00:00:00.010 to 1.00:00:00")]
    [InlineData("JsRun:Limits:Timeout", "30", "00:00:30 for 30 seconds")]
    [InlineData("JsRun:Limits:MaxTimers", "many", "1 to 1000000")]
    [InlineData("JsRun:Limits:MaxHeapBytes", "128M", "8388608 to 17179869184")]
    [InlineData("JsRun:Isolation", "Sometimes", "PerRequest, Shared")]
    [InlineData("JsRun:Isolation", "1", "PerRequest, Shared")]
    [InlineData("JsRun:Functions:Watch", "yes", "true or false")]
    [InlineData("JsRun:Groups:acme:Surface", "Half", "Contained, Full")]
    public void Run_ValueOfWrongKind_NamesKeyValueAndAllowed(string key, string value, string allowed)
    {
        var failure = Configured.Failures((key, value)).ShouldHaveSingleItem();

        failure.ShouldStartWith($"{key} is '{value}'");
        failure.ShouldContain(allowed);
    }

    [Theory]
    [InlineData("JsRun:Limits", "JsRun:Limits is 'x', but it is a section")]
    [InlineData("JsRun:Groups:acme", "JsRun:Groups:acme is 'x', but it is a section")]
    [InlineData("JsRun:Env", "JsRun:Env is 'x', but it is a section")]
    [InlineData("JsRun:Permissions", "JsRun:Permissions is 'x', but it is a list")]
    [InlineData("JsRun:Permissions:0:net", "JsRun:Permissions:0 is one value")]
    [InlineData("JsRun:Isolation:Mode", "JsRun:Isolation is one value")]
    public void Run_WrongShape_SaysWhatBelongsThere(string key, string expected) =>
        Configured.Failures((key, "x")).ShouldHaveSingleItem().ShouldStartWith(expected);

    [Fact]
    public void Run_MistakesOfEveryKind_AreToldTogether() =>
        Configured.Failures(
            options => options.Pool.QueueLimit = -1,
            ("JsRun:Limits:Timeuot", "00:00:01"), ("JsRun:Limits:MaxTimers", "0"), ("JsRun:Limits:CpuTime", "soon"), ("JsRun:Groups:acme:Limits:MaxTimers", "0"), ("JsRun:Groups:acme:Isolation", "x"), ("JsRun:Groups:b", "x"))
            .Select(failure => failure.Split(' ')[0]).Order(StringComparer.Ordinal).Distinct()
            .ShouldBe(["JsRun:Groups:acme:Isolation", "JsRun:Groups:acme:Limits:MaxTimers", "JsRun:Groups:b", "JsRun:Limits:CpuTime", "JsRun:Limits:MaxTimers", "JsRun:Limits:Timeuot", "JsRun:Pool:QueueLimit"]);

    [Fact]
    public void Run_ValueInPlaceOfTheWholeSection_IsAWarningThatNamesItsOrigin()
    {
        using var logs = new LogCollector();
        var builder = Configured.Builder(null, ("JsRun", "/opt/jsrun"), ("JsRun:Pool:MaxIsolates", "7"));
        builder.Services.AddLogging(logging => logging.AddProvider(logs));
        using var services = builder.Services.BuildServiceProvider();

        services.GetRequiredService<IOptions<JsRunOptions>>().Value.Pool.MaxIsolates.ShouldBe(7);

        var warning = logs.Entries.ShouldHaveSingleItem();
        warning.Level.ShouldBe(LogLevel.Warning);
        warning.Message.ShouldContain("a value at JsRun, where a section belongs");
        warning.Message.ShouldContain("MemoryConfigurationProvider");
        warning.Message.ShouldNotContain("/opt/jsrun");
    }

    [Fact]
    public void Run_SeveralMistakes_TellsAll() =>
        Configured.Failures(("JsRun:Isolation", "x"), ("JsRun:Pool:MaxIsolates", "y"), ("JsRun:Nonsense", "z")).Length.ShouldBe(3);
}
