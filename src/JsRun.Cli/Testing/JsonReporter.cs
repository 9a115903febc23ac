using System.Text.Encodings.Web;
using System.Text.Json;

namespace JsRun.Cli.Testing;

/// <summary>One line of JSON for each test, and one at the end.</summary>
internal sealed class JsonReporter(TextWriter output) : ITestReporter
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public void BeginFile(string file)
    {
    }

    public void Add(TestResult result) => Write(new
    {
        result.File,
        result.Name,
        Outcome = Text(result.Outcome),
        result.Duration.TotalMilliseconds,
        result.Error,
    });

    public void Console(string file, JsConsoleMessage message) => Write(new { File = file, Level = message.Level.ToString(), Console = message.Text });

    public void End(IReadOnlyList<TestResult> results, TimeSpan duration) => Write(new
    {
        Passed = results.Count(static result => result.Outcome == TestOutcome.Passed),
        Failed = results.Count(static result => result.Outcome == TestOutcome.Failed),
        Skipped = results.Count(static result => result.Outcome == TestOutcome.Skipped),
        Todo = results.Count(static result => result.Outcome == TestOutcome.Todo),
        duration.TotalMilliseconds,
    });

    private static string Text(TestOutcome outcome) => outcome.ToString().ToLowerInvariant();

    private void Write<T>(T value) => output.WriteLine(JsonSerializer.Serialize(value, Options));
}
