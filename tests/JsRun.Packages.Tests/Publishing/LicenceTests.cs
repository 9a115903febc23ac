using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace JsRun.Packages.Tests.Publishing;

/// <summary>The packages that JsRun's packages bring along may be distributed with it, and THIRD-PARTY-NOTICES.md names them.</summary>
public sealed partial class LicenceTests
{
    private static readonly string[] Allowed = ["MIT", "BSD-2-Clause", "BSD-3-Clause", "Apache-2.0", "Unicode-3.0", "ISC"];

    public static TheoryData<string> Projects => [.. Directory.GetFiles(Path.Combine(Repository.Root, "src"), "*.csproj", SearchOption.AllDirectories)
        .Where(file => File.ReadAllText(file).Contains("<IsPackable>true</IsPackable>", StringComparison.Ordinal)).Select(file => Path.GetFileNameWithoutExtension(file)!)];

    [Theory, MemberData(nameof(Projects))]
    public void Dependencies_EachOfThem_HaveAnAllowedLicence(string project) =>
        Dependencies(project).Where(package => !IsAllowed(package.Folder)).Select(package => package.Name).ShouldBeEmpty();

    [Theory, MemberData(nameof(Projects))]
    public void Dependencies_EachOfThem_AreInTheNotices(string project)
    {
        var named = Quoted().Matches(File.ReadAllText(Path.Combine(Repository.Root, "THIRD-PARTY-NOTICES.md"))).Select(match => match.Groups[1].Value).ToArray();

        Dependencies(project).Where(package => !named.Any(name => name == package.Name || (name.EndsWith(".*", StringComparison.Ordinal) && package.Name.StartsWith(name[..^1], StringComparison.Ordinal))))
            .Select(package => package.Name).ShouldBeEmpty();
    }

    // The tests themselves: they look at something.
    [Fact]
    public void Dependencies_OfHosting_AreFound() => Dependencies("JsRun.Hosting").Select(package => package.Name).ShouldContain("Microsoft.ClearScript.Core");

    private static IEnumerable<(string Name, string Folder)> Dependencies(string project)
    {
        var assets = JsonNode.Parse(File.ReadAllText(Path.Combine(Repository.Root, "artifacts/obj", project, "project.assets.json")))!;
        var root = assets["packageFolders"]!.AsObject().First().Key;
        // Analyzers and other tools of the build have no assets that run.
        return from target in assets["targets"]!.AsObject()
               from package in target.Value!.AsObject()
               where (string)package.Value!["type"]! == "package" && package.Value.AsObject().Any(part => part.Key is "runtime" or "native" or "runtimeTargets" or "contentFiles")
               select (package.Key.Split('/')[0], Path.Combine(root, (string)assets["libraries"]![package.Key]!["path"]!));
    }

    private static bool IsAllowed(string folder)
    {
        var specification = XDocument.Load(Directory.GetFiles(folder, "*.nuspec").Single());
        var licence = specification.Descendants().Single(element => element.Name.LocalName == "license");
        return (string?)licence.Attribute("type") == "expression"
            ? Allowed.Contains(licence.Value)
            : File.ReadAllText(Path.Combine(folder, licence.Value)).Contains("Permission is hereby granted, free of charge", StringComparison.Ordinal);
    }

    [GeneratedRegex("`([^`]+)`")]
    private static partial Regex Quoted();
}
