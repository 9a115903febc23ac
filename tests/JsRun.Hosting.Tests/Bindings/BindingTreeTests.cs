using JsRun.Bindings;
using JsRun.Permissions;

namespace JsRun.Hosting.Tests.Bindings;

public sealed class BindingTreeTests
{
    [Fact]
    public void Prepare_NestedDelegates_AreNamedByTheirPath()
    {
        var tree = (Dictionary<string, object?>)BindingTree.Prepare("api", new Dictionary<string, object?> { ["version"] = 1, ["users"] = new Dictionary<string, object?> { ["find"] = (int id) => id } })!;

        tree["version"].ShouldBe(1);
        ((HostFunction)((Dictionary<string, object?>)tree["users"]!)["find"]!).Name.ShouldBe("api.users.find");
    }

    [Fact]
    public void Prepare_Permission_StandsBeforeEveryFunction()
    {
        var tree = (Dictionary<string, object?>)BindingTree.Prepare("kv", new Dictionary<string, object?> { ["get"] = () => 1, ["store"] = new Store() }, new OpPermission("kv"))!;

        ((HostFunction)tree["get"]!).Permission.ShouldBe(new OpPermission("kv"));
        foreach (var (_, member) in ((HostObject)tree["store"]!).Members)
        {
            var functions = member is HostMember.Property p ? new[] { p.Get, p.Set! } : [((HostMember.Function)member).Body];
            functions.ShouldAllBe(f => f.Permission == new OpPermission("kv") && f.Name.StartsWith("kv.store."));
        }
    }

    [Fact]
    public void Prepare_WithoutData_LeavesFunctionsOnly()
    {
        var tree = (Dictionary<string, object?>)BindingTree.Prepare("kv", new Dictionary<string, object?> { ["secret"] = "x", ["get"] = () => 1 }, withData: false)!;

        tree.Keys.ShouldBe(["get"]);
        BindingTree.Prepare("kv", "x", withData: false).ShouldBe(JsUndefined.Value);
    }

    [Fact]
    public void Prepare_DictionariesThatHoldEachOther_AreRefused()
    {
        var circle = new Dictionary<string, object?>();
        circle["self"] = circle;

        Should.Throw<ArgumentException>(() => BindingTree.Prepare("api", circle)).Message.ShouldContain("one of its dictionaries holds itself");
    }

    private sealed class Store : IJsExportable
    {
        public void Export(JsExports exports) => exports.AddFunction("get", _ => 1).AddProperty("size", () => 1, _ => { });
    }
}
