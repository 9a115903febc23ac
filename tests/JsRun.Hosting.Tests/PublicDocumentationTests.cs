using System.Text.RegularExpressions;

namespace JsRun.Hosting.Tests;

/// <summary>What the documentation of public types and members has to say beside its summary.</summary>
public sealed partial class PublicDocumentationTests
{
    private static readonly (string File, string Text)[] Sources =
    [
        .. from project in new[] { "JsRun.Hosting", "JsRun.AspNetCore" }
           from folder in Directory.EnumerateDirectories(Path.Combine(Repository.Root, "src", project))
           where Path.GetFileName(folder) is not ("JavaScript" or "obj" or "bin")
           from file in Directory.EnumerateFiles(folder, "*.cs", SearchOption.AllDirectories)
           select (Path.GetFileName(file), File.ReadAllText(file).ReplaceLineEndings("\n")),
    ];

    [Fact]
    public void Types_SayWhichThreadsMayUseThem()
    {
        var types = Sources.Select(static source => (source.File, Match: PublicType().Match(source.Text))).Where(static source => source.Match.Success).ToArray();

        types.Length.ShouldBeGreaterThan(60);
        types.Where(static type => !SaysThreads().IsMatch(type.Match.Groups["doc"].Value)).Select(static type => type.File).ShouldBeEmpty();
    }

    [Fact]
    public void Members_ThatRefuseArguments_SayWhichExceptionTheyThrow()
    {
        var members = Sources.Where(static source => PublicType().IsMatch(source.Text)).SelectMany(static source => PublicMember().Matches(source.Text), static (source, match) => (source.File, Match: match)).ToArray();

        members.Length.ShouldBeGreaterThan(200);
        members.Where(static member => Refusal().IsMatch(member.Match.Groups["code"].Value) && !SaysExceptions().IsMatch(member.Match.Groups["doc"].Value))
            .Select(static member => $"{member.File}: {member.Match.Groups["code"].Value.Split('\n')[0]}").ShouldBeEmpty();
    }

    [GeneratedRegex(@"^(?<doc>(?:///[^\n]*\n)+)(?:\[[^\n]*\n)*public (?:(?:abstract|sealed|static|partial) )*(?:interface|class|record) ", RegexOptions.Multiline)]
    private static partial Regex PublicType();

    [GeneratedRegex(@"^(?<doc>(?:    ///[^\n]*\n)+)(?:    \[[^\n]*\n)*    (?<code>public [^\n]+\n(?:    \{\n(?:(?!    \}).*\n)*    \})?)", RegexOptions.Multiline)]
    private static partial Regex PublicMember();

    [GeneratedRegex("[Tt]hread|[Ii]mmutable|inheritdoc")]
    private static partial Regex SaysThreads();

    [GeneratedRegex("<exception|inheritdoc")]
    private static partial Regex SaysExceptions();

    [GeneratedRegex(@"Argument\w*Exception\.ThrowIf|throw new")]
    private static partial Regex Refusal();
}
