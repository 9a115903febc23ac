using System.Text;
using System.Text.Json;
using JsRun.Options;
using JsRun.Options.Binding;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace JsRun.Hosting.Tests.Options;

public sealed class JsRunGroupsTests
{
    [Fact]
    public void GetGroup_LeavesOut_InheritsFromAbove()
    {
        var group = Groups(null, ("JsRun:Isolation", "Shared"), ("JsRun:Limits:MaxTimers", "7"), ("JsRun:Env:A", "1"), ("JsRun:Permissions:0", "net:a.example"),
            ("JsRun:Groups:acme:Limits:MaxSubrequests", "3")).GetGroup("acme");

        group.Isolation.ShouldBe(JsIsolation.Shared);
        group.Limits.MaxTimers.ShouldBe(7);
        group.Limits.MaxSubrequests.ShouldBe(3);
        group.Env.ShouldBe(new Dictionary<string, string> { ["A"] = "1" });
        group.Permissions.ShouldBe(["net:a.example"]);
    }

    [Fact]
    public void GetGroup_NamesEnvAndPermissions_ReplacesTheInherited()
    {
        var groups = Groups(null, ("JsRun:Env:A", "1"), ("JsRun:Permissions:0", "net:a.example"), ("JsRun:Permissions:1", "net:b.example"),
            ("JsRun:Groups:acme:Env:B", "2"), ("JsRun:Groups:acme:Permissions:0", "net:c.example"));

        groups.GetGroup("acme").Env.ShouldBe(new Dictionary<string, string> { ["B"] = "2" });
        groups.GetGroup("acme").Permissions.ShouldBe(["net:c.example"]);
        groups.GetPermissions("acme").AllowsNet(new("https://a.example")).ShouldBeFalse();
        groups.GetPermissions("").AllowsNet(new("https://a.example")).ShouldBeTrue();
    }

    [Fact]
    public void GetGroup_EmptyListOfJson_TakesTheInheritedAway()
    {
        var json = new MemoryStream(Encoding.UTF8.GetBytes("""{ "JsRun": { "Permissions": ["net:*"], "Env": { "A": "1" }, "Groups": { "acme": { "Permissions": [], "Env": {} } } } }"""));
        using var services = new ServiceCollection().AddSingleton<IConfiguration>(new ConfigurationBuilder().AddJsonStream(json).Build()).AddJsRun().Services.BuildServiceProvider();

        var group = services.GetRequiredService<JsRunGroups>().GetGroup("acme");

        group.Permissions.ShouldBeEmpty();
        group.Env.ShouldBeEmpty();
    }

    [Fact]
    public void GetGroup_SettingsInCodeAbove_AreInherited() =>
        Groups(o => o.Limits.MaxTimers = 5, ("JsRun:Groups:acme:Isolation", "Shared")).GetGroup("acme").Limits.MaxTimers.ShouldBe(5);

    [Fact]
    public void GetGroup_FolderAbove_IsNotInherited() =>
        Groups(null, ("JsRun:Functions:Path", "functions"), ("JsRun:Functions:Watch", "true"), ("JsRun:Groups:acme:Isolation", "Shared")).GetGroup("acme").Functions
            .ShouldSatisfyAllConditions(f => f.Path.ShouldBeNull(), f => f.Watch.ShouldBe(true));

    [Fact]
    public void GetGroup_AddedInCode_ComesAfterItsSection()
    {
        var builder = Configured.Builder(null, ("JsRun:Limits:MaxTimers", "5"), ("JsRun:Groups:acme:Limits:MaxTimers", "6"), ("JsRun:Groups:acme:Limits:MaxSubrequests", "7"));
        builder.AddGroup("acme", g => g.Limits.MaxSubrequests++).AddGroup("other", g => g.Limits.MaxTimers++);
        using var services = builder.Services.BuildServiceProvider();
        var groups = services.GetRequiredService<JsRunGroups>();

        groups.GetGroup("acme").Limits.ShouldSatisfyAllConditions(l => l.MaxTimers.ShouldBe(6), l => l.MaxSubrequests.ShouldBe(8));
        groups.GetGroup("other").Limits.MaxTimers.ShouldBe(6);
    }

    [Fact]
    public void GetGroup_WholeGroupInCode_WinsOverItsSection() =>
        Groups(o => o.Groups["acme"] = new(), ("JsRun:Groups:acme:Isolation", "Shared"), ("JsRun:Limits:MaxTimers", "5")).GetGroup("acme")
            .ShouldSatisfyAllConditions(g => g.Isolation.ShouldBe(JsIsolation.PerRequest), g => g.Limits.MaxTimers.ShouldBe(1000));

    [Fact]
    public void GetGroup_ChangedByCaller_StaysAsItWas()
    {
        var groups = Groups(null, ("JsRun:Env:A", "1"));

        groups.GetGroup("").Env["A"] = "2";
        groups.GetGroup("").Limits.MaxTimers = 1;

        groups.GetGroup("").Env["A"].ShouldBe("1");
        groups.GetGroup("").Limits.MaxTimers.ShouldBe(1000);
    }

    [Fact]
    public void GetGroup_Unknown_NamesTheKey() =>
        Should.Throw<ArgumentException>(() => Groups(null, ("JsRun:Groups:acme:Isolation", "Shared")).GetGroup("acne"))
            .Message.ShouldStartWith("The pool group 'acne' is not configured: add the section JsRun:Groups:acne. Configured are: acme.");

    [Fact]
    public void Names_DefaultGroupFirst() => Groups(null, ("JsRun:Groups:acme:Isolation", "Shared")).Names.ShouldBe(["", "acme"]);

    [Fact]
    public void Copy_EveryProperty_IsCopied()
    {
        var copied = Configured.Options(("JsRun:Isolation", "Shared"), ("JsRun:Surface", "Full"), ("JsRun:Functions:Path", "/f"), ("JsRun:Limits:MaxTimers", "9"),
            ("JsRun:Permissions:0", "net:*"), ("JsRun:Env:A", "1"), ("JsRun:Workers:Count", "2"));
        copied.Placement = JsPlacement.OutOfProcess;

        var copy = copied.Copy();

        foreach (var property in ConfigurationKeys.Of(typeof(JsRunGroupOptions)))
        {
            Text(property.GetValue(copy)).ShouldBe(Text(property.GetValue(copied)), property.Name);
            Text(property.GetValue(copy)).ShouldNotBe(Text(property.GetValue(new JsRunGroupOptions())), property.Name);
        }
    }

    private static string Text(object? value) => JsonSerializer.Serialize(value);

    private static JsRunGroups Groups(Action<JsRunOptions>? configure, params (string Key, string? Value)[] configuration)
    {
        using var services = Configured.Services(configure, configuration);
        return services.GetRequiredService<JsRunGroups>();
    }
}
