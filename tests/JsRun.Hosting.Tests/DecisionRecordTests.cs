using System.Text.RegularExpressions;

namespace JsRun.Hosting.Tests;

/// <summary>The records in <c>docs/adr</c> have one format, and both of two related records, and the index, name the relation.</summary>
public sealed partial class DecisionRecordTests
{
    private static readonly string Folder = Path.Combine(Repository.Root, "docs", "adr");

    public static TheoryData<string> Records => [.. Directory.GetFiles(Folder, "0*.md").Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Records))]
    public void Record_Format_IsThatOfTheOthers(string file)
    {
        var lines = File.ReadAllLines(Path.Combine(Folder, file));

        lines[0].ShouldStartWith($"# {Number(file)}. ");
        lines[1].ShouldBeEmpty();
        lines[2].ShouldMatch("^- Status: (Accepted|Superseded)");
        lines[3].ShouldMatch(@"^- Date: \d{4}-\d{2}-\d{2}(,|$)");
        lines.Where(line => line.StartsWith("## ", StringComparison.Ordinal)).ShouldBe(["## Context", "## Decision", "## Consequences"]);
    }

    [Theory]
    [MemberData(nameof(Records))]
    public void Index_Record_HasTitleAndStatus(string file)
    {
        var title = File.ReadLines(Path.Combine(Folder, file)).First()[$"# {Number(file)}. ".Length..];
        var status = Related(file, "Superseded by") is [var superseding] ? $"Superseded by {superseding}"
            : Related(file, "Amended by") is [_, ..] amending ? $"Accepted, amended by {string.Join(" and ", amending)} |"
            : "Accepted |";

        File.ReadLines(Path.Combine(Folder, "README.md")).ShouldContain(line => line.StartsWith($"| {Number(file)} | [{title}]({file}) | {status}", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("Amends", "Amended by")]
    [InlineData("Supersedes", "Superseded by")]
    public void Records_OneThatChangesAnother_AreNamedByBoth(string later, string earlier)
    {
        var files = Records.Select(row => row.Data).ToList();
        var changes = files.SelectMany(file => Related(file, later).Select(other => (Later: Number(file), Earlier: other))).Order();
        var changed = files.SelectMany(file => Related(file, earlier).Select(other => (Later: other, Earlier: Number(file)))).Order();

        changed.ShouldBe(changes);
        changes.ShouldNotBeEmpty();
    }

    private static int Number(string file) => int.Parse(file[..4]);

    private static List<int> Related(string file, string relation) =>
        File.ReadLines(Path.Combine(Folder, file)).SingleOrDefault(line => line.StartsWith($"- {relation}: ", StringComparison.Ordinal)) is { } line
            ? [.. RecordLink().Matches(line).Select(match => int.Parse(match.Groups[1].Value))]
            : [];

    [GeneratedRegex(@"\[ADR (\d+)\]\(\d{4}-[a-z0-9-]+\.md\)")]
    private static partial Regex RecordLink();
}
