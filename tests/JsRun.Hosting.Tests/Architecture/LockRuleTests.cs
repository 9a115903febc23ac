using System.Text.RegularExpressions;

namespace JsRun.Hosting.Tests.Architecture;

/// <summary>What the suffix <c>_NeedsLock</c> promises.</summary>
public sealed partial class LockRuleTests
{
    [Fact]
    public void NeedsLock_Methods_AssertThatTheLockIsHeld() =>
        Methods().Where(static m => !Assertion().IsMatch(m.Body)).Select(static m => $"{m.File}: {m.Name}").ShouldBeEmpty();

    [Fact]
    public void NeedsLock_Methods_TakeNoLockThemselves() =>
        Methods().Where(static m => m.Body.Contains("lock (", StringComparison.Ordinal)).Select(static m => $"{m.File}: {m.Name}").ShouldBeEmpty();

    [Fact]
    public void NeedsLock_Methods_AreFound() => Methods().Count(static m => m.File == "PoolSlots.cs").ShouldBeGreaterThan(8);

    private static IEnumerable<(string File, string Name, string Body)> Methods() =>
        Directory.EnumerateFiles(Path.Combine(Repository.Root, "src", "JsRun.Hosting"), "*.cs", SearchOption.AllDirectories)
            .Where(static file => !file.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}", StringComparison.Ordinal))
            .SelectMany(static file => Method().Matches(File.ReadAllText(file)).Select(m => (Path.GetFileName(file), m.Groups["name"].Value, m.Groups["body"].Value)));

    // Its own assertion, or that of another such method that it calls.
    [GeneratedRegex(@"\.IsHeldByCurrentThread|AssertLock\(\)|_NeedsLock\(")]
    private static partial Regex Assertion();

    [GeneratedRegex(
        @"^    (?:public|private|internal)[^=\n]* (?<name>\w+_NeedsLock)\([^\n]*\)(?<body> => [^\n]*(?:\n        [^\n]*)*|\n    \{\n.*?\n    \}\n)",
        RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Method();
}
