using System.Globalization;

namespace JsRun.Cli.Testing;

/// <summary>The Test Anything Protocol, version 13.</summary>
internal sealed class TapReporter(TextWriter output) : ITestReporter
{
    private int _count;
    private bool _hasBegun;

    public void BeginFile(string file)
    {
        if (!_hasBegun)
        {
            output.WriteLine("TAP version 13");
            _hasBegun = true;
        }

        output.WriteLine($"# {file}");
    }

    public void Add(TestResult result)
    {
        var directive = result.Outcome switch { TestOutcome.Skipped => " # SKIP", TestOutcome.Todo => " # TODO", _ => "" };
        // A todo is known not to pass: consumers count it as neither.
        var ok = result.Outcome is TestOutcome.Failed or TestOutcome.Todo ? "not ok" : "ok";
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{ok} {++_count} - {Escape($"{result.File}: {result.Name}")}{directive}"));
        if (result.Error is not null)
        {
            output.WriteLine($"  ---\n  message: |\n{string.Join('\n', result.Error.Split('\n').Select(static line => $"    {line}"))}\n  ...");
        }
    }

    public void Console(string file, JsConsoleMessage message) => output.WriteLine($"# {message.Text.Replace("\n", "\n# ", StringComparison.Ordinal)}");

    public void End(IReadOnlyList<TestResult> results, TimeSpan duration) => output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"1..{_count}"));

    private static string Escape(string name) => name.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("#", "\\#", StringComparison.Ordinal).ReplaceLineEndings(" ");
}
