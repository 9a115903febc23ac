using System.Text.RegularExpressions;

namespace JsRun.Hosting.Tests.Upstream;

/// <summary>The page that compares JsRun with its original, compared with the tests that it names.</summary>
public sealed partial class ParityPageTests
{
    private static readonly string Page = File.ReadAllText(Path.Combine(Repository.Root, "docs/parity.md"));

    private static readonly string[] Originals = File.ReadAllLines(Path.Combine(Repository.Root, "tests/JsRun.Hosting.Tests/Upstream/upstream-tests.txt"));

    [Fact]
    public void Page_EveryTestItNames_Exists()
    {
        var named = TestName().Matches(Page).Select(static m => m.Groups[1].Value).Distinct().ToArray();

        named.Length.ShouldBeGreaterThan(100);
        named.Except(TestSources.Tests).ShouldBeEmpty();
    }

    [Fact]
    public void Page_EveryRow_NamesATest()
    {
        var rows = Page[..Page.IndexOf("## Differences", StringComparison.Ordinal)].Split('\n')
            .Where(static line => line.StartsWith("| ", StringComparison.Ordinal) && !line.EndsWith("| Tested in |", StringComparison.Ordinal)).ToArray();

        rows.Length.ShouldBeGreaterThan(100);
        rows.Where(static row => !TestName().IsMatch(row.Split('|')[^2])).ShouldBeEmpty();
    }

    [Fact]
    public void Originals_EachOfThem_IsATestHereOrADifference()
    {
        Originals.Length.ShouldBe(223);
        Originals.Distinct().Count().ShouldBe(223);
        var told = OriginalName().Matches(Page[Page.IndexOf("## Differences", StringComparison.Ordinal)..]).Select(static m => m.Groups[1].Value);

        Originals.Except(TestSources.Traits).Except(told).ShouldBeEmpty();
    }

    [Fact]
    public void Originals_ThatAreNamedAnywhere_AreOriginals() =>
        TestSources.Traits.Concat(OriginalName().Matches(Page).Select(static m => m.Groups[1].Value))
            .Where(static name => name.Contains("::", StringComparison.Ordinal) && !name.StartsWith("TIMERS::", StringComparison.Ordinal) && !name.StartsWith("DOCS::", StringComparison.Ordinal))
            .Except(Originals).ShouldBeEmpty();

    [GeneratedRegex(@"`(\w+Tests\.\w+)`")]
    private static partial Regex TestName();

    [GeneratedRegex(@"`((?:RT|OPS|FN|MOD|API)::\w+)`")]
    private static partial Regex OriginalName();
}
