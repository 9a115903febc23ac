using System.Text.Json.Nodes;
using System.Xml.Linq;
using JsRun.Options.Binding;

namespace JsRun.Hosting.Tests;

/// <summary>What is written beside the code, compared with the code.</summary>
public sealed class DocumentationTests
{
    [Fact]
    public void Configuration_EveryKey_IsTold()
    {
        var page = Read("docs/configuration.md");
        var keys = ConfigurationKeys.Paths(typeof(JsRunOptions), "JsRun").Where(key => ConfigurationKeys.Paths(typeof(JsRunOptions), "JsRun").All(other => !other.StartsWith(key + ":", StringComparison.Ordinal)));

        keys.Where(key => !page.Contains($"`{key}`", StringComparison.Ordinal) && !page.Contains($"`{key}:<name>`", StringComparison.Ordinal)).ShouldBeEmpty();
    }

    [Fact]
    public void Notices_EveryShippedPackage_IsNamed()
    {
        var notices = Read("THIRD-PARTY-NOTICES.md");
        var packages = XDocument.Parse(Read("Directory.Packages.props")).Descendants("ItemGroup").First(group => (string?)group.Attribute("Label") == "Shipped")
            .Elements("PackageVersion").Select(package => (string)package.Attribute("Include")!);
        var scripts = JsonNode.Parse(Read("src/JsRun.Hosting/JavaScript/package.json"))!["dependencies"]!.AsObject().Select(package => package.Key);

        packages.Concat(scripts).Where(name => !notices.Contains($"`{name}`", StringComparison.Ordinal)).ShouldBeEmpty();
    }

    private static string Read(string path) => File.ReadAllText(Path.Combine(Repository.Root, path));
}
