using System.Text.RegularExpressions;

namespace JsRun.Hosting.Tests.Architecture;

/// <summary>Whoever catches every exception passes it on (throws, logs, fails something, describes it), or says in a comment why it need not be known.</summary>
public sealed partial class SilentCatchTests
{
    [Fact]
    public void Sources_CatchOfEverything_SaysWhatBecomesOfTheException()
    {
        var files = Directory.EnumerateFiles(Path.Combine(Repository.Root, "src"), "*.cs", SearchOption.AllDirectories)
            .Where(static file => !file.Contains($"{Path.DirectorySeparatorChar}node_modules{Path.DirectorySeparatorChar}", StringComparison.Ordinal))
            .ToArray();

        files.Length.ShouldBeGreaterThan(400);
        files.SelectMany(file => Silent(File.ReadAllText(file)).Select(line => $"{Path.GetFileName(file)}:{line}")).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("catch (Exception)\n{\n    return null;\n}\n", true)]
    [InlineData("catch\n{\n    Close();\n}\n", true)]
    [InlineData("catch\n{\n    Close();\n    throw;\n}\n", false)]
    [InlineData("catch (Exception)\n{\n    // Nothing is left to close.\n}\n", false)]
    [InlineData("catch (Exception e)\n{\n    logger.Failed(e);\n}\n", false)]
    [InlineData("catch (Exception e) when (e is not OperationCanceledException)\n{\n    return;\n}\n", true)]
    [InlineData("catch (IOException)\n{\n    return;\n}\n", false)]
    public void Silent_Catch_IsFound(string source, bool expected) => Silent("try\n{\n}\n" + source).Any().ShouldBe(expected);

    private static IEnumerable<int> Silent(string source) =>
        from match in CatchAll().Matches(source)
        let name = match.Groups["name"].Value
        let body = match.Groups["body"].Value
        where !body.Contains("//", StringComparison.Ordinal) && !body.Contains("throw", StringComparison.Ordinal)
            && (name.Length == 0 || !Regex.IsMatch(body, $@"\b{name}\b"))
        select source.AsSpan(0, match.Index).Count('\n') + 1;

    [GeneratedRegex(@"^(?<indent> *)catch(?: \(Exception(?: (?<name>\w+))?\)(?: when [^\n]*)?)?\r?\n\k<indent>\{\r?\n(?<body>(?:(?!\k<indent>\}).*\n)*?)\k<indent>\}", RegexOptions.Multiline)]
    private static partial Regex CatchAll();
}
