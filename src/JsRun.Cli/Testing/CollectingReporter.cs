namespace JsRun.Cli.Testing;

/// <summary>Remembers the results that it hands on.</summary>
internal sealed class CollectingReporter(ITestReporter inner) : ITestReporter
{
    private readonly Lock _lock = new();
    private readonly List<TestResult> _results = [];

    public IReadOnlyList<TestResult> Results
    {
        get
        {
            lock (_lock)
            {
                return [.. _results];
            }
        }
    }

    public void BeginFile(string file) => inner.BeginFile(file);

    public void Add(TestResult result)
    {
        lock (_lock)
        {
            _results.Add(result);
        }

        inner.Add(result);
    }

    public void Console(string file, JsConsoleMessage message) => inner.Console(file, message);

    public void End(IReadOnlyList<TestResult> results, TimeSpan duration) => inner.End(results, duration);
}
