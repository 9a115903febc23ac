using System.Text.Json;
using JsRun.Cli.Execution;

namespace JsRun.Cli.Testing;

/// <summary>Runs one test file on a runtime of its own.</summary>
internal sealed class TestFileRun(TestSettings settings, string file, ITestReporter reporter)
{
    private const string TestModule = "jsrun:test";

    // The test is told its limit by a timer; what blocks the event loop never reads it.
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(1);

    private const string Main = """
        import { describeError, run } from 'jsrun:test';
        const { send, url, settings } = globalThis.$jsrunTest;
        delete globalThis.$jsrunTest;
        const report = (message) => send(JSON.stringify(message));
        report({ kind: 'begin', name: '(top level)', timeout: settings.timeout });
        let isLoaded = false;
        try {
          await import(url);
          isLoaded = true;
        } catch (error) {
          report({ kind: 'end', name: '(top level)', outcome: 'failed', milliseconds: 0, error: describeError(error) });
        }
        if (isLoaded) await run(settings, report);
        """;

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    private readonly Lock _lock = new();
    private string? _running;
    private CancellationTokenSource? _blocked;

    /// <exception cref="FormatException">A permission is none.</exception>
    public async Task RunAsync(IJsRuntimeFactory factory, CancellationToken cancellationToken)
    {
        using var blocked = new CancellationTokenSource();
        using var all = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        if (settings.FileTimeout is { } time)
        {
            all.CancelAfter(time);
        }

        using var ending = CancellationTokenSource.CreateLinkedTokenSource(all.Token, blocked.Token);
        _blocked = blocked;
        try
        {
            await using var runtime = await factory.CreateAsync(RuntimeOptions(), ending.Token);
            if (settings.Env is { } env)
            {
                await runtime.SetGlobalAsync("env", env, ending.Token);
            }

            await runtime.SetGlobalAsync("$jsrunTest", new Dictionary<string, object?>
            {
                ["send"] = (string report) => Receive(JsonSerializer.Deserialize<TestReport>(report, Json)!),
                ["url"] = FileUrl(file),
                ["settings"] = new Dictionary<string, object?> { ["timeout"] = settings.Timeout.TotalMilliseconds, ["filter"] = settings.Filter },
            }, ending.Token);
            await runtime.ImportAsync("jsrun:test/main", cancellationToken: ending.Token);
        }
        catch (Exception e) when (e is OperationCanceledException or JsTimeoutException && !cancellationToken.IsCancellationRequested)
        {
            // The exception says no more than that the time was up.
            Fail(blocked.IsCancellationRequested
                ? "It did not return, and kept the timers from running: is there an endless loop? The rest of the file was not run."
                : FormattableString.Invariant($"The file took longer than {settings.FileTimeout?.TotalSeconds} s (--timeout). The rest of it was not run."));
        }
        catch (JsRunException e)
        {
            Fail(ErrorText.Of(e));
        }
        finally
        {
            lock (_lock)
            {
                _blocked = null;
            }
        }
    }

    private static string FileUrl(string path) => "file:///" + string.Join('/', path.Split('/').Select(Uri.EscapeDataString)).Replace("%5B", "[", StringComparison.Ordinal).Replace("%5D", "]", StringComparison.Ordinal);

    private JsRuntimeOptions RuntimeOptions()
    {
        var options = new JsRuntimeOptions
        {
            MaxHeapBytes = settings.MaxHeapBytes,
            Console = { OnMessage = message => reporter.Console(file, message) },
            OnUncaughtError = error => Add(new(file, "(uncaught)", TestOutcome.Failed, TimeSpan.Zero, Paths(ErrorText.Of(error)))),
            Modules = { Loader = JsModuleLoaders.FromDirectory(settings.Root) },
        };
        options.Modules.Static[TestModule] = JsModuleSource.JavaScript(EmbeddedScripts.Testing);
        options.Modules.Static["jsrun:test/main"] = JsModuleSource.JavaScript(Main);
        foreach (var permission in settings.Permissions)
        {
            options.Permissions.Add(permission);
        }

        return options;
    }

    /// <summary>Called on the isolate's thread.</summary>
    private void Receive(TestReport report)
    {
        lock (_lock)
        {
            var isBeginning = report.Kind == "begin";
            _running = isBeginning ? report.Name : null;
            _blocked?.CancelAfter(isBeginning ? TimeSpan.FromMilliseconds(report.Timeout) + Grace : Timeout.InfiniteTimeSpan);
        }

        if (report.Kind == "end")
        {
            Add(new(file, report.Name, report.Outcome, TimeSpan.FromMilliseconds(report.Milliseconds), report.Error is null ? null : Paths(report.Error)));
        }
    }

    private void Fail(string error)
    {
        string name;
        lock (_lock)
        {
            name = _running ?? "(file)";
        }

        Add(new(file, name, TestOutcome.Failed, TimeSpan.Zero, Paths(error)));
    }

    private void Add(TestResult result) => reporter.Add(result);

    private static string Paths(string text) => text.Replace("file:///", "", StringComparison.Ordinal);
}
