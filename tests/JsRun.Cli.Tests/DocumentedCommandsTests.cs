using System.CommandLine.Parsing;
using System.Text.RegularExpressions;

namespace JsRun.Cli.Tests;

/// <summary>Every command of jsrun in README.md, docs/ and the package's page is one that the command line takes.</summary>
public sealed partial class DocumentedCommandsTests
{
    private static string Root => AncestorOf(AppContext.BaseDirectory);

    [Fact]
    public void Commands_InBlocks_CanBeParsed()
    {
        var commands = Directory.GetFiles(Path.Combine(Root, "docs"), "*.md", SearchOption.AllDirectories).Append(Path.Combine(Root, "README.md")).Append(Path.Combine(Root, "src/JsRun.Cli/PACKAGE.md"))
            .SelectMany(page => Block().Matches(File.ReadAllText(page).ReplaceLineEndings("\n")).SelectMany(match => match.Groups[1].Value.Split('\n')))
            .SelectMany(line => Command().Matches(line).Select(match => match.Groups[1].Value.Trim())).ToArray();

        commands.Length.ShouldBeGreaterThan(8);
        commands.SelectMany(command => Mistakes(command).Select(mistake => $"{command}: {mistake}")).ShouldBeEmpty();
    }

    [Fact]
    public void Mistakes_UnknownOption_AreFound() => Mistakes("serve functions --colour").ShouldNotBeEmpty();

    // The files are those of the reader.
    private static IEnumerable<string> Mistakes(string command) =>
        CommandLine.Parse([.. CommandLineParser.SplitCommandLine(command)], new(TextReader.Null, TextWriter.Null, TextWriter.Null)).Errors.Select(error => error.Message)
            .Where(message => !message.Contains("does not exist", StringComparison.Ordinal));

    private static string AncestorOf(string folder) => File.Exists(Path.Combine(folder, "JsRun.sln")) ? folder : AncestorOf(Path.GetDirectoryName(folder)!);

    [GeneratedRegex("^```sh\n(.*?)^```$", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Block();

    // Up to a comment, a pipe, a redirection, or the end of a substitution.
    [GeneratedRegex(@"(?:^|\$\(|&& )jsrun ((?:[^#|>)""&]|""[^""]*"")+)")]
    private static partial Regex Command();
}
