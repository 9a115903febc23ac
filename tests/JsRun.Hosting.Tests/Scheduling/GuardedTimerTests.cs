using System.Text.RegularExpressions;
using JsRun.Scheduling;
using Microsoft.Extensions.Time.Testing;

namespace JsRun.Hosting.Tests.Scheduling;

public sealed class GuardedTimerTests
{
    private static readonly string Sources = Path.Combine(Repository.Root, "src");

    [Fact]
    public void CreateGuardedTimer_CallbackThrows_GoesOn()
    {
        var time = new FakeTimeProvider();
        var calls = new List<string>();
        using var timer = time.CreateGuardedTimer(calls, static calls => { calls.Add("called"); throw new IOException("of the callback"); }, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(1));

        Should.NotThrow(() => time.Advance(TimeSpan.FromSeconds(1)));
        Should.NotThrow(() => time.Advance(TimeSpan.FromSeconds(1)));

        calls.ShouldBe(["called", "called"]);
    }

    // What a timer's callback throws, or a logger beneath it, ends the process.
    [Theory]
    [InlineData(@"\.CreateTimer\(", new[] { "JsRun.Hosting/Scheduling/GuardedTimer.cs" })]
    [InlineData(@"\bnew (System\.Threading\.)?Timer\(", new string[0])]
    [InlineData(@"\bnew System\.Timers\b", new string[0])]
    // These make timers of a provider that may throw.
    [InlineData(@"\b(WaitAsync|Task\.Delay|new CancellationTokenSource)\((?![^\n]*GuardedTime\.Of)[^\n]*\b_?[Tt]ime\b", new string[0])]
    [InlineData(@"\bTimeProvider = (?!GuardedTime\.Of)", new string[0])]
    public void Sources_Timers_AreGuarded(string pattern, string[] allowed) => Directory
        .EnumerateFiles(Sources, "*.cs", SearchOption.AllDirectories)
        .Where(f => !f.Contains("node_modules", StringComparison.Ordinal) && !f.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}", StringComparison.Ordinal))
        .Where(f => Regex.IsMatch(File.ReadAllText(f), pattern))
        .Select(f => Path.GetRelativePath(Sources, f).Replace('\\', '/'))
        .ShouldBe(allowed);
}
