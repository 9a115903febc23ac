using System.Text.RegularExpressions;

namespace JsRun.Hosting.Tests.Architecture;

/// <summary>docs/architecture.md, compared with the sources: the layers, the table of behaviours, and the files that a request meets.</summary>
public sealed partial class ArchitecturePageTests
{
    private const int FewestBehaviours = 40;
    private const int MostFilesOnTheWay = 50;

    private static readonly string Page = File.ReadAllText(Path.Combine(Repository.Root, "docs/architecture.md"));

    [Fact]
    public void Layers_OfThePage_AreThoseOfTheTest() =>
        Rows("## Layers").Select(static row => $"{row[0]}: {string.Join(", ", Quoted(row[1]))}")
            .ShouldBe(Layer.All.Reverse().Select(static layer => $"{layer.Name}: {string.Join(", ", layer.Rooms)}"));

    [Fact]
    public void Behaviours_OfThePage_AreWhereItSays()
    {
        var rows = Rows("## Where to find what").ToArray();

        rows.Length.ShouldBeGreaterThanOrEqualTo(FewestBehaviours);
        rows.Select(static row => row[0]).ShouldBeUnique();
        rows.SelectMany(static row => Quoted(row[2]).Select(name => (Folder: Quoted(row[1]).Single(), Name: name))).Where(static place => !IsThere(place.Folder, place.Name)).ShouldBeEmpty();
    }

    [Fact]
    public void Files_OfTheWayOfARequest_AreWhereThePageSaysAndNamedOnce()
    {
        var files = Rows("The files, in the order").SelectMany(static row => Quoted(row[2]).Select(name => (Folder: Quoted(row[1]).Single(), Name: name))).ToArray();

        files.Length.ShouldBeInRange(30, MostFilesOnTheWay);
        files.ShouldBeUnique();
        files.Where(static file => !IsThere(file.Folder, file.Name)).ShouldBeEmpty();
    }

    private static bool IsThere(string folder, string name) =>
        File.Exists(Path.Combine(Repository.Root, "src", folder, name + ".cs")) || File.Exists(Path.Combine(Repository.Root, "src", folder, name + ".ts"));

    // The rows of the first table after the heading, without its head.
    private static IEnumerable<string[]> Rows(string heading) =>
        Page[Page.IndexOf(heading, StringComparison.Ordinal)..].Split('\n')
            .SkipWhile(static line => !line.StartsWith('|'))
            .TakeWhile(static line => line.StartsWith('|'))
            .Skip(2)
            .Select(static line => line.Trim('|').Split('|').Select(static cell => cell.Trim()).ToArray());

    private static string[] Quoted(string cell) => [.. Backticked().Matches(cell).Select(static match => match.Groups[1].Value)];

    [GeneratedRegex("`([^`]+)`")]
    private static partial Regex Backticked();
}
