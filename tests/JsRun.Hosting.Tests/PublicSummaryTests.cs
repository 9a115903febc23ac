using System.Text.RegularExpressions;

namespace JsRun.Hosting.Tests;

/// <summary>The summaries of public types and members are sentences that an IDE can show by themselves: "Gets or sets the maximum …", not "How many …".</summary>
public sealed partial class PublicSummaryTests
{
    private static readonly string[] Projects = ["JsRun.Hosting", "JsRun.AspNetCore"];

    [Fact]
    public void Summaries_OfPublicMembers_BeginWithASubjectOrAVerb() =>
        All().Where(static summary => IsFragment(summary.Text)).Select(static summary => $"{summary.File}: {summary.Text}").ShouldBeEmpty();

    [Fact]
    public void Summaries_OfPublicMembers_HaveNoPrivateWords() =>
        All().Where(static summary => Word().Matches(summary.Text).Any(static word => PrivateWords.IsInName(word.Value.ToLowerInvariant()))).Select(static summary => $"{summary.File}: {summary.Text}").ShouldBeEmpty();

    [Fact]
    public void Summaries_AreFound() => All().Count().ShouldBeGreaterThan(400);

    [Theory]
    [InlineData("How many requests may wait.", true)]
    [InlineData("Whether it ended.", true)]
    [InlineData("Where isolates live.", true)]
    [InlineData("Which globals code sees.", true)]
    [InlineData("Gets or sets the maximum number of requests that wait.", false)]
    [InlineData("Returns whether there is an entry.", false)]
    [InlineData("Whoops is a name.", false)]
    public void IsFragment_Summary_IsFoundByItsFirstWord(string summary, bool expected) => IsFragment(summary).ShouldBe(expected);

    private static bool IsFragment(string summary) => Fragment().IsMatch(summary);

    // Members of a file that declares a public type: those that say so, and those of interfaces and enums.
    private static IEnumerable<(string File, string Text)> All() =>
        from project in Projects
        from folder in Directory.EnumerateDirectories(Path.Combine(Repository.Root, "src", project))
        where Path.GetFileName(folder) is not ("JavaScript" or "obj" or "bin")
        from file in Directory.EnumerateFiles(folder, "*.cs", SearchOption.AllDirectories)
        let source = File.ReadAllText(file)
        where PublicType().IsMatch(source)
        from match in Summary().Matches(source)
        where !NotPublic().IsMatch(match.Groups["declaration"].Value)
        select (Path.GetRelativePath(Repository.Root, file), LineBreak().Replace(match.Groups["text"].Value, " ").Trim());

    [GeneratedRegex("^public ", RegexOptions.Multiline)]
    private static partial Regex PublicType();

    [GeneratedRegex(@"^[ ]*///[ ]<summary>(?<text>.*?)</summary>[^\n]*\n(?:[ ]*(?:///|\[)[^\n]*\n)*[ ]*(?<declaration>[^\n]*)", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Summary();

    [GeneratedRegex(@"^(?:private|internal|protected internal|file)\b")]
    private static partial Regex NotPublic();

    [GeneratedRegex(@"^(?:What|Whatever|How|Where|Wherever|Who|Whoever|Whose|Whether|Which|Whichever|When|Why)\b")]
    private static partial Regex Fragment();

    [GeneratedRegex(@"\s*\n\s*///\s*")]
    private static partial Regex LineBreak();

    [GeneratedRegex("[A-Za-z]+")]
    private static partial Regex Word();
}
