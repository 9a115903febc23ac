using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace JsRun.Generators.Tests;

/// <summary>The code blocks in C# of README.md and docs/: each can be parsed. They are parts of programs, so what they name is not known here.</summary>
public sealed partial class DocumentedCodeTests
{
    private static readonly CSharpParseOptions Parsing = CSharpParseOptions.Default.WithKind(SourceCodeKind.Script).WithLanguageVersion(LanguageVersion.Preview);

    private static string Root => AncestorOf(AppContext.BaseDirectory);

    [Fact]
    public void Blocks_InCSharp_CanBeParsed()
    {
        var blocks = Directory.GetFiles(Path.Combine(Root, "docs"), "*.md", SearchOption.AllDirectories).Append(Path.Combine(Root, "README.md"))
            .SelectMany(page => Block().Matches(File.ReadAllText(page).ReplaceLineEndings("\n")).Select(match => (Page: Path.GetRelativePath(Root, page), Code: match.Groups[1].Value))).ToArray();

        blocks.Length.ShouldBeGreaterThan(25);
        blocks.SelectMany(block => Mistakes(block.Code).Select(mistake => $"{block.Page}: {mistake}")).ShouldBeEmpty();
    }

    // The test itself: a mistake is found.
    [Fact]
    public void Mistakes_BrokenCode_AreFound() => Mistakes("var x = ;").ShouldNotBeEmpty();

    private static IEnumerable<string> Mistakes(string code) =>
        CSharpSyntaxTree.ParseText(code, Parsing).GetDiagnostics().Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error)
            .Select(diagnostic => $"{diagnostic.GetMessage(System.Globalization.CultureInfo.InvariantCulture)} at '{code[diagnostic.Location.SourceSpan.Start..].Split('\n')[0]}'");

    private static string AncestorOf(string folder) => File.Exists(Path.Combine(folder, "JsRun.sln")) ? folder : AncestorOf(Path.GetDirectoryName(folder)!);

    [GeneratedRegex("^```csharp\n(.*?)^```$", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Block();
}
