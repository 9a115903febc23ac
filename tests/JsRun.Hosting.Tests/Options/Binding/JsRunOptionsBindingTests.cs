using System.Collections;
using System.Reflection;
using System.Text;
using JsRun.Options.Binding;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace JsRun.Hosting.Tests.Options.Binding;

public sealed class JsRunOptionsBindingTests
{
    [Fact]
    public void Configure_EveryKey_IsBound()
    {
        // A key that binding forgot keeps its default, so every key gets a value that is not the default.
        var keys = ConfigurationKeys.Paths(typeof(JsRunOptions), "JsRun").ToDictionary(path => path, path => Other(path, new JsRunOptions()));
        var configuration = keys.Where(entry => entry.Value is not null).Select(entry => (entry.Key, entry.Value)).ToArray();
        configuration.Length.ShouldBeGreaterThan(20);

        var options = new JsRunOptions();
        new JsRunOptionsBinding(new ConfigurationBuilder().AddInMemoryCollection(configuration.Select(e => KeyValuePair.Create(e.Key, e.Value))).Build()).Configure(options);

        foreach (var (key, value) in configuration)
        {
            Convert.ToString(Read(key, options), System.Globalization.CultureInfo.InvariantCulture).ShouldBe(value, key);
        }
    }

    [Fact]
    public void Configure_ListAndMap_AreBound()
    {
        var options = Configured.Options(("JsRun:Permissions:0", "net:a.example"), ("JsRun:Permissions:1", "env:PUBLIC_*"), ("JsRun:Env:GREETING", "hello"));

        options.Permissions.ShouldBe(["net:a.example", "env:PUBLIC_*"]);
        options.Env.ShouldBe(new Dictionary<string, string> { ["GREETING"] = "hello" });
    }

    [Fact]
    public void Configure_CodeAndConfiguration_CodeWins() =>
        Configured.Options(o => o.Limits.MaxTimers = 7, ("JsRun:Limits:MaxTimers", "8"), ("JsRun:Limits:MaxSubrequests", "9"))
            .Limits.ShouldSatisfyAllConditions(l => l.MaxTimers.ShouldBe(7), l => l.MaxSubrequests.ShouldBe(9));

    [Fact]
    public void Configure_NoConfigurationInContainer_HasDefaults()
    {
        using var services = new ServiceCollection().AddJsRun().Services.BuildServiceProvider();

        services.GetRequiredService<IOptions<JsRunOptions>>().Value.Limits.Timeout.ShouldBe(TimeSpan.FromSeconds(30));
    }

    [Fact]
    public void Configure_KeysInOtherCase_AreBound() => Configured.Options(("jsrun:limits:maxtimers", "5")).Limits.MaxTimers.ShouldBe(5);

    [Fact]
    public void Configure_EmptySectionAndArrayOfJson_AreAccepted()
    {
        var json = new MemoryStream(Encoding.UTF8.GetBytes("""{ "JsRun": { "Limits": {}, "Permissions": [], "Env": {}, "Functions": { "Watch": null } } }"""));
        var options = new JsRunOptions();

        new JsRunOptionsBinding(new ConfigurationBuilder().AddJsonStream(json).Build()).Configure(options);

        options.Functions.Watch.ShouldBeNull();
        options.Permissions.ShouldBeEmpty();
    }

    private static object? Read(string path, object options) =>
        path.Split(':').Skip(1).Aggregate((object?)options, (owner, name) => owner!.GetType().GetProperty(name)!.GetValue(owner));

    private static string? Other(string path, JsRunOptions defaults)
    {
        var value = Read(path, defaults);
        var owner = Read(path[..path.LastIndexOf(':')], defaults)!;
        var type = Nullable.GetUnderlyingType(owner.GetType().GetProperty(path[(path.LastIndexOf(':') + 1)..], BindingFlags.Public | BindingFlags.Instance)!.PropertyType);
        return value switch
        {
            IEnumerable and not string => null,
            string => "/other",
            int or long => Convert.ToString(Convert.ToInt64(value, null) - 1, null),
            TimeSpan time => (time - TimeSpan.FromMilliseconds(500)).ToString(),
            Enum => Enum.GetNames(value.GetType())[^1],
            null when type == typeof(bool) => "True",
            null when type == typeof(int) => "3",
            null => "/path",
            _ => null,
        };
    }
}
