namespace JsRun.Cli.Testing;

/// <summary>Writes the results of a run. Called on the threads of isolates, one file at a time.</summary>
internal interface ITestReporter
{
    void BeginFile(string file);

    void Add(TestResult result);

    void Console(string file, JsConsoleMessage message);

    /// <summary>Writes what comes at the end.</summary>
    void End(IReadOnlyList<TestResult> results, TimeSpan duration);
}
