using System.Text.RegularExpressions;

namespace JsRun.Hosting.Tests;

/// <summary>A test that waits for the real clock, or compares CPU time or memory of the process, has the trait <c>Clock</c> with the value <c>real</c>, or its class has it.</summary>
public sealed partial class ClockTraitTests
{
    private const string Mark = "[Trait(\"Clock\", \"real\")]";

    private static readonly string Tests = Path.Combine(Repository.Root, "tests");

    [Fact]
    public void Tests_OfTheRealClock_AreMarked()
    {
        var files = Directory.EnumerateFiles(Tests, "*Tests.cs", SearchOption.AllDirectories).Where(file => Path.GetFileName(file) != $"{nameof(ClockTraitTests)}.cs");

        files.SelectMany(Unmarked).ShouldBeEmpty($"These tests depend on real time, CPU time or memory. Use FakeTimeProvider, or add {Mark}.");
    }

    [Theory]
    [InlineData("await Task.Delay(500, Token);", true)]
    [InlineData("await Task.Delay(2, Token);", false)]
    [InlineData("await Task.Delay(Timeout.Infinite, Token);", false)]
    [InlineData("Thread.Sleep(1);", true)]
    [InlineData("o.Limits.CpuTime = TimeSpan.FromMilliseconds(150);", true)]
    [InlineData("new JsEvaluateOptions { Timeout = Short }", true)]
    [InlineData("var time = new FakeTimeProvider(); o.Limits.Timeout = TimeSpan.FromMilliseconds(150);", false)]
    [InlineData("o.Limits.Timeout = TimeSpan.FromSeconds(30);", false)]
    [InlineData("for (const until = performance.now() + 20; performance.now() < until;);", true)]
    [InlineData("GC.GetTotalAllocatedBytes().ShouldBeLessThan(10);", true)]
    [InlineData("slot.CpuTime.Milliseconds.ShouldBeInRange(2, 5);", true)]
    public void UsesTheClock_Code_IsFound(string code, bool expected) => UsesTheClock(code).ShouldBe(expected);

    private static IEnumerable<string> Unmarked(string file)
    {
        var parts = TestStart().Split(File.ReadAllText(file));
        return parts[0].Contains(Mark, StringComparison.Ordinal)
            ? []
            : parts.Skip(1).Where(part => UsesTheClock(part) && !part.Contains(Mark, StringComparison.Ordinal)).Select(part => $"{Path.GetRelativePath(Tests, file)}: {Name().Match(part).Groups[1].Value}");
    }

    private static bool UsesTheClock(string code) => Waits().IsMatch(code) || (Limits().IsMatch(code) && !FakeClock().IsMatch(code));

    [GeneratedRegex(@"^(?=    \[(?:Fact|Theory))", RegexOptions.Multiline)]
    private static partial Regex TestStart();

    [GeneratedRegex(@"(?:public|internal) [^(\n]*?(\w+)\(")]
    private static partial Regex Name();

    // One or two milliseconds are the polls of loops that have a ceiling.
    [GeneratedRegex(@"Task\.Delay\((?!Timeout\.Infinite|[12],)|Thread\.Sleep\(|performance\.now\(\) [+<]|GetTotalAllocatedBytes|WorkingSet|\bThreadTimes\(|CpuTime\S*\.Should")]
    private static partial Regex Waits();

    [GeneratedRegex(@"\b\w*(?:Timeout|CpuTime)\b\s*=\s*TimeSpan\.FromMilliseconds\((?=\d)|\(Short\)|= Short\b|\bCancelAfter\(|CancellationTokenSource\(TimeSpan")]
    private static partial Regex Limits();

    [GeneratedRegex(@"FakeTimeProvider|\.Advance\(")]
    private static partial Regex FakeClock();
}
