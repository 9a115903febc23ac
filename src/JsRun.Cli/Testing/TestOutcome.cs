namespace JsRun.Cli.Testing;

/// <summary>How a test ended.</summary>
internal enum TestOutcome
{
    Passed,
    Failed,
    Skipped,
    Todo,
}
