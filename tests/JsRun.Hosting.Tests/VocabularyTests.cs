using System.Text.RegularExpressions;

namespace JsRun.Hosting.Tests;

/// <summary>The names and texts of the sources use the field's words, which a reader can look up.</summary>
public sealed partial class VocabularyTests
{
    private static readonly string[] Folders = ["src", "tests", "bench", "samples"];

    /// <summary>Sentences that readers did not understand, each by a part of it.</summary>
    private static readonly string[] Unclear =
    [
        "may lie until it comes to that", "end of one may uncover the next", "All but what it does by itself is called", "passes between two looks", "So long, and so many ticks",
        "whose frame is also what V8 has before", "what is called may have others called", "nothing of anybody's ever runs", "has become another one: by code of users'",
        "What is made now would be better", "The top level tells of its end", "What the compiler takes and V8 does not", "have been told, and the last takes it along",
        "A double that is whole is one that no", "which without a timer it need not be", "raises its voice", "with something that is no HTTP", "already runs JsRun:Limits",
        "and take theirs from", "Nothing blocks a thread of the pool",
    ];

    [Fact]
    public void Names_PrivateWords_AreNotUsed() =>
        Sources().SelectMany(static file => Names(File.ReadAllText(file)).Where(IsPrivate).Distinct().Select(name => $"{Path.GetRelativePath(Repository.Root, file)}: {name}")).ShouldBeEmpty();

    [Fact]
    public void Sources_PrivateWords_AreNotUsed() =>
        Sources().Where(static file => !file.EndsWith("Tests.cs", StringComparison.Ordinal) && Path.GetFileName(file) != "PrivateWords.cs" && PrivateWords.IsInText(File.ReadAllText(file))).ShouldBeEmpty();

    [Fact]
    public void Texts_UnclearSentences_AreNotUsed()
    {
        var pages = Directory.GetFiles(Path.Combine(Repository.Root, "docs"), "*.md", SearchOption.AllDirectories).Append(Path.Combine(Repository.Root, "README.md"))
            .Append(Path.Combine(Repository.Root, "CONTRIBUTING.md"));
        var texts = Sources().Where(static file => Path.GetFileName(file) != "VocabularyTests.cs").Concat(pages)
            .Select(static file => (Path.GetRelativePath(Repository.Root, file), Text: LineBreak().Replace(File.ReadAllText(file), " ")));
        texts.SelectMany(static text => Unclear.Where(text.Text.Contains).Select(sentence => $"{text.Item1}: {sentence}")).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("EntryLooks", true)]
    [InlineData("_culprit", true)]
    [InlineData("Connection_Cut_IsNotClean", true)]
    [InlineData("LOOK", true)]
    [InlineData("LookUpAsync", false)]
    [InlineData("lookup", false)]
    [InlineData("ExecutionContext", false)]
    [InlineData("IsFinished", false)]
    public void IsPrivate_Name_IsFoundByItsWords(string name, bool expected) => IsPrivate(name).ShouldBe(expected);

    [Fact]
    public void Names_OfASource_AreNeitherCommentsNorTexts() =>
        Names(""""
            // culprit
            var name = "blame" + 'x'; /* shed */ string other = @"doom ""worn""";
            """").ShouldBe(["var", "name", "string", "other"]);

    private static IEnumerable<string> Sources() =>
        Folders.SelectMany(static folder => Directory.EnumerateDirectories(Path.Combine(Repository.Root, folder))).SelectMany(Files).Where(static file => Path.GetExtension(file) is ".cs" or ".ts");

    private static IEnumerable<string> Files(string folder) =>
        Path.GetFileName(folder) is "bin" or "obj" or "node_modules" or "wpt" ? [] : Directory.EnumerateFiles(folder).Concat(Directory.EnumerateDirectories(folder).SelectMany(Files));

    private static IEnumerable<string> Names(string source) => Name().Matches(CommentOrText().Replace(source, " ")).Select(static match => match.Value);

    private static bool IsPrivate(string name)
    {
        var words = Words().Matches(name).Select(static match => match.Value.ToLowerInvariant()).ToArray();
        return words.Where((word, at) => PrivateWords.IsInName(word) && !(word == "look" && at + 1 < words.Length && words[at + 1] == "up")).Any();
    }

    [GeneratedRegex("""
        (?<quotes>"{3,}).*?\k<quotes>|@"(?:[^"]|"")*"|"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*'|`(?:\\.|[^`\\])*`|//[^\n]*|/\*.*?\*/
        """, RegexOptions.Singleline | RegexOptions.IgnorePatternWhitespace)]
    private static partial Regex CommentOrText();

    [GeneratedRegex(@"[A-Za-z_][A-Za-z0-9_]*")]
    private static partial Regex Name();

    [GeneratedRegex("[A-Z]?[a-z]+|[A-Z]+(?![a-z])")]
    private static partial Regex Words();

    [GeneratedRegex(@"\s*\n\s*(?:///?|\*)?\s*")]
    private static partial Regex LineBreak();
}
