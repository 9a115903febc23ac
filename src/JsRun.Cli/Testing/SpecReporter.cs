using System.Globalization;

namespace JsRun.Cli.Testing;

/// <summary>Lines for people: each file with its tests.</summary>
internal sealed class SpecReporter(TextWriter output) : ITestReporter
{
    public void BeginFile(string file) => output.WriteLine(file);

    public void Add(TestResult result)
    {
        var mark = result.Outcome switch { TestOutcome.Passed => "✓", TestOutcome.Failed => "✗", _ => "-" };
        var note = result.Outcome switch
        {
            TestOutcome.Skipped => " (skipped)",
            TestOutcome.Todo => " (todo)",
            _ => string.Create(CultureInfo.InvariantCulture, $" ({result.Duration.TotalMilliseconds:0} ms)"),
        };
        output.WriteLine($"  {mark} {result.Name}{note}{(result.Error is null ? "" : "\n" + Indent(result.Error))}");
    }

    public void Console(string file, JsConsoleMessage message) => output.WriteLine($"  | {message.Text.Replace("\n", "\n  | ", StringComparison.Ordinal)}");

    public void End(IReadOnlyList<TestResult> results, TimeSpan duration)
    {
        output.WriteLine();
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{Summary(results)} ({duration.TotalSeconds:0.0} s)"));
    }

    private static string Summary(IReadOnlyList<TestResult> results)
    {
        var others = new[] { TestOutcome.Skipped, TestOutcome.Todo }.Select(outcome => (Count: results.Count(result => result.Outcome == outcome), Name: outcome.ToString().ToLowerInvariant()));
        return string.Join(", ", others.Where(static other => other.Count > 0).Select(static other => $"{other.Count} {other.Name}").Prepend($"{results.Count(static r => r.Outcome == TestOutcome.Failed)} failed")
            .Prepend($"{results.Count(static r => r.Outcome == TestOutcome.Passed)} passed"));
    }

    private static string Indent(string text) => string.Join('\n', text.Split('\n').Select(static line => line.Length == 0 ? line : $"    {line}"));
}
