namespace JsRun.Cli.Testing;

/// <summary>One test that has ended.</summary>
/// <param name="File">The test file, relative to the folder, with forward slashes.</param>
/// <param name="Name">The names of its groups and its own, with <c> &gt; </c> between them.</param>
/// <param name="Outcome">How it ended.</param>
/// <param name="Duration">How long it ran.</param>
/// <param name="Error">Why it failed.</param>
internal sealed record TestResult(string File, string Name, TestOutcome Outcome, TimeSpan Duration, string? Error);
