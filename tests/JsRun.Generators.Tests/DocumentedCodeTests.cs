using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace JsRun.Generators.Tests;

/// <summary>The code blocks in C# of README.md and docs/: each can be parsed. They are parts of programs, so what they name is not known here.</summary>
public sealed partial class DocumentedCodeTests
{
    // A page may show a class before the statements that use it.
    private const string StatementsLast = "CS8803";

    private static readonly CSharpParseOptions Program = CSharpParseOptions.Default.WithLanguageVersion(LanguageVersion.Preview);
    private static readonly CSharpParseOptions Script = Program.WithKind(SourceCodeKind.Script);

    private static string Root => AncestorOf(AppContext.BaseDirectory);

    [Fact]
    public void Blocks_InCSharp_CanBeParsed()
    {
        var blocks = Directory.GetFiles(Path.Combine(Root, "docs"), "*.md", SearchOption.AllDirectories).Append(Path.Combine(Root, "README.md"))
            .SelectMany(page => Block().Matches(File.ReadAllText(page).ReplaceLineEndings("\n")).Select(match => (Page: Path.GetRelativePath(Root, page), Code: match.Groups[1].Value.Replace("…", "default", StringComparison.Ordinal)))).ToArray();

        blocks.Length.ShouldBeGreaterThan(25);
        blocks.SelectMany(block => Mistakes(block.Code).Select(mistake => $"{block.Page}: {mistake}")).ShouldBeEmpty();
    }

    // The test itself: a mistake is found.
    [Fact]
    public void Mistakes_BrokenCode_AreFound() => Mistakes("var x = ;").ShouldNotBeEmpty();

    // A block is a program, or the members of a class.
    private static string[] Mistakes(string code) => Mistakes(code, Script) is [] ? [] : Mistakes(code, Program);

    private static string[] Mistakes(string code, CSharpParseOptions options) =>
        [.. CSharpSyntaxTree.ParseText(code, options).GetDiagnostics().Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error && diagnostic.Id != StatementsLast)
            .Select(diagnostic => $"{diagnostic.GetMessage(System.Globalization.CultureInfo.InvariantCulture)} at '{code[diagnostic.Location.SourceSpan.Start..].Split('\n')[0]}'")];

    private static string AncestorOf(string folder) => File.Exists(Path.Combine(folder, "JsRun.sln")) ? folder : AncestorOf(Path.GetDirectoryName(folder)!);

    [GeneratedRegex("^```csharp\n(.*?)^```$", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Block();
}
