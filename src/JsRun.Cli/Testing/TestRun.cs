using System.Diagnostics;
using Microsoft.Extensions.DependencyInjection;

namespace JsRun.Cli.Testing;

/// <summary>Runs the test files of a folder, one after the other.</summary>
internal static class TestRun
{
    /// <returns>The exit code.</returns>
    /// <exception cref="FormatException">A permission is none.</exception>
    public static async Task<int> RunAsync(TestSettings settings, ITestReporter reporter, CliStreams streams, CancellationToken cancellationToken)
    {
        var files = settings.File is { } one ? [one] : TestFiles.Find(settings.Root);
        if (files.Count == 0)
        {
            await streams.Error.WriteLineAsync($"There are no test files in {settings.Root}: their names end in .test.ts (or .tsx, .js, .jsx, .mjs).");
            return ExitCode.ScriptFailed;
        }

        var watch = Stopwatch.StartNew();
        var collector = new CollectingReporter(reporter);
        await using var services = new ServiceCollection().AddJsRun().Services.BuildServiceProvider();
        var factory = services.GetRequiredService<IJsRuntimeFactory>();
        foreach (var file in files)
        {
            reporter.BeginFile(file);
            await new TestFileRun(settings, file, collector).RunAsync(factory, cancellationToken);
        }

        var results = collector.Results;
        reporter.End(results, watch.Elapsed);
        if (results.Count == 0)
        {
            await streams.Error.WriteLineAsync(settings.Filter is null ? "No file has a test." : $"No test has a name that matches '{settings.Filter}' (--filter).");
            return ExitCode.ScriptFailed;
        }

        return results.Any(static result => result.Outcome == TestOutcome.Failed) ? ExitCode.ScriptFailed : ExitCode.Success;
    }
}
