using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using JsRun.Options.Binding;

namespace JsRun.Hosting.Tests;

/// <summary>What is written beside the code, compared with the code.</summary>
public sealed partial class DocumentationTests
{
    private static readonly Lazy<string> Sources = new(ReadSources);

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

    [Fact]
    public void PublicTypes_EachOfThem_IsNamedInAPage()
    {
        var words = Pages().SelectMany(page => Word().Matches(Read(page)).Select(static match => match.Value)).ToHashSet(StringComparer.Ordinal);
        var types = PublicTypes("JsRun.Hosting").Concat(PublicTypes("JsRun.AspNetCore")).Concat(PublicTypes("JsRun.Testing")).ToArray();

        types.Length.ShouldBeGreaterThan(70);
        types.Where(type => !words.Contains(type)).ShouldBeEmpty();
    }

    [Fact]
    public void Problems_EachKind_IsInTheTableWithItsStatus()
    {
        var kinds = ProblemKind().Matches(Read("src/JsRun.AspNetCore/Problems/FunctionProblem.cs")).Select(static match => $"| `{match.Groups[1].Value}` | {match.Groups[2].Value} |").ToArray();
        var page = Read("docs/limits.md");

        kinds.Length.ShouldBeGreaterThan(10);
        kinds.Where(kind => !page.Contains(kind, StringComparison.Ordinal)).ShouldBeEmpty();
    }

    [Fact]
    public void Troubleshooting_EveryMessage_IsInTheSources()
    {
        var page = Read("docs/troubleshooting.md");
        var symptoms = page[..page.IndexOf("## How to debug a function", StringComparison.Ordinal)].Split('\n')
            .Where(static line => line.StartsWith("| ", StringComparison.Ordinal)).Select(static line => line.Split('|')[1]);
        var parts = symptoms.SelectMany(static symptom => Code().Matches(symptom)).SelectMany(static match => match.Groups[1].Value.Split('…')).Select(static part => part.Trim())
            .Where(static part => part.Contains(' ', StringComparison.Ordinal)).Distinct().ToArray();

        parts.Length.ShouldBeGreaterThan(40);
        // V8 itself says these two.
        parts.Where(part => !Sources.Value.Contains(part, StringComparison.Ordinal)).Except(["CagedHeap reservation", "RangeError: Maximum call stack size exceeded"]).ShouldBeEmpty();
    }

    [Fact]
    public void Troubleshooting_EveryEventOfTheSources_IsInTheTable()
    {
        var page = Read("docs/troubleshooting.md");
        var ranges = EventRange().Matches(page[page.IndexOf("## Events in the log", StringComparison.Ordinal)..])
            .Select(static match => (First: int.Parse(match.Groups[1].ValueSpan), Last: int.Parse(match.Groups[2].ValueSpan))).ToArray();
        var events = EventId().Matches(Sources.Value).Select(static match => int.Parse(match.Groups[1].ValueSpan)).ToArray();

        events.Length.ShouldBeGreaterThan(70);
        events.Where(id => !Array.Exists(ranges, range => id >= range.First && id <= range.Last)).ShouldBeEmpty();
    }

    [Fact]
    public void Links_BetweenPages_LeadToAHeading()
    {
        var broken = new List<string>();
        foreach (var page in Everything())
        {
            foreach (var target in Link().Matches(Read(page)).Select(static match => match.Groups[1].Value).Where(static target => !target.Contains("://", StringComparison.Ordinal)))
            {
                var parts = target.Split('#');
                var path = parts[0].Length == 0 ? page : Path.GetRelativePath(Repository.Root, Path.GetFullPath(Path.Combine(Repository.Root, Path.GetDirectoryName(page)!, parts[0])));
                var full = Path.Combine(Repository.Root, path);
                if (!Path.Exists(full) || (parts.Length > 1 && !Headings(full).Contains(parts[1])))
                {
                    broken.Add($"{page}: {target}");
                }
            }
        }

        broken.ShouldBeEmpty();
    }

    [Fact]
    public void Pages_PrivateWords_AreNotUsed() =>
        Everything().Where(static page => PrivateWords.IsInText(Read(page))).ShouldBeEmpty();

    private static string[] Everything() =>
        [.. Pages(), .. Directory.GetFiles(Path.Combine(Repository.Root, "docs/adr"), "*.md").Select(static path => $"docs/adr/{Path.GetFileName(path)}"), "README.md", "CONTRIBUTING.md", "SECURITY.md"];

    private static HashSet<string> Headings(string path) =>
        [.. File.ReadLines(path).Where(static line => line.StartsWith('#')).Select(static line => NotInAnchor().Replace(line.TrimStart('#').Trim().ToLowerInvariant(), "").Replace(' ', '-'))];

    private static IEnumerable<string> Pages() => Directory.GetFiles(Path.Combine(Repository.Root, "docs"), "*.md").Select(static path => $"docs/{Path.GetFileName(path)}");

    private static IEnumerable<string> PublicTypes(string project) =>
        new[] { "Shipped", "Unshipped" }.SelectMany(file => File.ReadLines(Path.Combine(Repository.Root, $"src/{project}/PublicAPI.{file}.txt")))
            .Where(static line => TypeLine().IsMatch(line)).Select(static line => line.Split('<')[0].Split('.')[^1]);

    private static string ReadSources() => string.Join('\n', new[] { "src", "samples" }.SelectMany(static folder => new DirectoryInfo(Path.Combine(Repository.Root, folder)).EnumerateDirectories("*", new EnumerationOptions
    {
        RecurseSubdirectories = true,
    }).Where(static found => !Generated().IsMatch(found.FullName + "/")).SelectMany(static found => found.EnumerateFiles())).Where(static file => file.Extension is ".cs" or ".ts" or ".targets").Select(static file => File.ReadAllText(file.FullName)));

    private static string Read(string path) => File.ReadAllText(Path.Combine(Repository.Root, path));

    [GeneratedRegex(@"\w+")]
    private static partial Regex Word();

    // A member has a type behind an arrow, a field an equals sign, and a method parentheses.
    [GeneratedRegex(@"^(?:[A-Za-z]+\.)+[A-Z]\w*(?:<.*>)?$")]
    private static partial Regex TypeLine();

    [GeneratedRegex("""new\("([a-z-]+)", (\d{3}),""")]
    private static partial Regex ProblemKind();

    [GeneratedRegex("`([^`]+)`")]
    private static partial Regex Code();

    [GeneratedRegex(@"LoggerMessage\((?:EventId = )?(\d+),")]
    private static partial Regex EventId();

    [GeneratedRegex(@"^\| (\d+)(?: to |, )(\d+) \|", RegexOptions.Multiline)]
    private static partial Regex EventRange();

    [GeneratedRegex(@"\]\(([^)\s']+)\)")]
    private static partial Regex Link();

    [GeneratedRegex(@"[^\w\- ]")]
    private static partial Regex NotInAnchor();

    [GeneratedRegex(@"[/\\](?:bin|obj|node_modules|test)[/\\]")]
    private static partial Regex Generated();
}
