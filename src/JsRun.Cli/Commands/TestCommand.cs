using System.CommandLine;
using System.Text.RegularExpressions;
using JsRun.Cli.Execution;
using JsRun.Cli.Testing;

namespace JsRun.Cli.Commands;

/// <summary><c>jsrun test [DIR]</c>: runs the test files of a folder.</summary>
internal static class TestCommand
{
    public static Command Create(CliStreams streams)
    {
        var path = new Argument<string>("DIR") { Description = "The folder, or one test file; the current folder by default.", DefaultValueFactory = _ => "." };
        path.Validators.Add(static result =>
        {
            if (result.GetValueOrDefault<string>() is { } given && !Path.Exists(given))
            {
                result.AddError($"File or directory does not exist: '{given}'.");
            }
        });
        var filter = new Option<string?>("--filter") { Description = "Runs the tests whose full names match.", HelpName = "REGEX" };
        filter.Validators.Add(static result =>
        {
            try
            {
                _ = new Regex(result.GetValueOrDefault<string>() ?? "", RegexOptions.ECMAScript);
            }
            catch (ArgumentException e)
            {
                result.AddError($"--filter is not a regular expression: {e.Message}");
            }
        });
        var reporter = new Option<string>("--reporter") { Description = "How results are written: spec, tap, junit or json.", HelpName = "NAME", DefaultValueFactory = _ => "spec" };
        reporter.AcceptOnlyFromAmong("spec", "tap", "junit", "json");
        var json = new Option<bool>("--json") { Description = "The same as --reporter json: one object for each line." };
        var output = new Option<FileInfo?>("--output") { Description = "Writes the results to a file.", HelpName = "FILE" };
        var watch = new Option<bool>("--watch") { Description = "Runs the tests again whenever a file of the folder changes." };
        var timeout = new Option<int>("--test-timeout") { Description = "How long each test may take, in milliseconds; 5000 by default.", HelpName = "MILLISECONDS", DefaultValueFactory = _ => 5000 };
        timeout.Validators.Add(static result =>
        {
            if (result.GetValueOrDefault<int>() is < 1 or > 86_400_000)
            {
                result.AddError("--test-timeout is from 1 to 86400000 milliseconds.");
            }
        });
        var options = new ScriptOptions();
        var command = new Command("test", "Runs the tests in the files *.test.ts of a folder.") { path, filter, reporter, json, output, watch, timeout };
        options.AddTo(command);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            try
            {
                var settings = Settings(parsed.GetRequiredValue(path)) with
                {
                    Filter = parsed.GetValue(filter),
                    Timeout = TimeSpan.FromMilliseconds(parsed.GetValue(timeout)),
                    FileTimeout = options.Timeout(parsed),
                    MaxHeapBytes = options.MaxHeapBytes(parsed),
                    Permissions = options.Permissions(parsed),
                    Env = options.Env.ForScript(parsed),
                };
                var name = parsed.GetValue(json) ? "json" : parsed.GetRequiredValue(reporter);
                return await RunAsync(settings, name, parsed.GetValue(output)?.FullName, parsed.GetValue(watch), streams, cancellationToken);
            }
            catch (FormatException e)
            {
                await streams.Error.WriteLineAsync(e.Message);
                return ExitCode.WrongUsage;
            }
            catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
            {
                return parsed.GetValue(watch) ? ExitCode.Success : ExitCode.ScriptFailed;
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                await streams.Error.WriteLineAsync(ErrorText.Of(e));
                return ExitCode.WrongUsage;
            }
        });
        return command;
    }

    private static async Task<int> RunAsync(TestSettings settings, string reporter, string? file, bool watch, CliStreams streams, CancellationToken cancellationToken)
    {
        using var changes = watch ? new FolderChanges(settings.Root, file) : null;
        for (; ; )
        {
            var exitCode = await RunOnceAsync(settings, reporter, file, streams, cancellationToken);
            if (changes is null)
            {
                return exitCode;
            }

            await streams.Error.WriteLineAsync("Waiting for changes.");
            await changes.WaitAsync(cancellationToken);
        }
    }

    private static async Task<int> RunOnceAsync(TestSettings settings, string reporter, string? file, CliStreams streams, CancellationToken cancellationToken)
    {
        if (file is null)
        {
            return await TestRun.RunAsync(settings, Reporter(reporter, streams.Out), streams, cancellationToken);
        }

        await using var writer = File.CreateText(file);
        return await TestRun.RunAsync(settings, Reporter(reporter, TextWriter.Synchronized(writer)), streams, cancellationToken);
    }

    private static ITestReporter Reporter(string name, TextWriter output) => name switch
    {
        "tap" => new TapReporter(output),
        "junit" => new JUnitReporter(output),
        "json" => new JsonReporter(output),
        _ => new SpecReporter(output),
    };

    /// <summary>A file within the current folder may import all of that; another one, its own folder.</summary>
    private static TestSettings Settings(string path)
    {
        var full = Path.GetFullPath(path);
        if (Directory.Exists(full))
        {
            return new TestSettings { Root = full };
        }

        var relative = Path.GetRelativePath(Directory.GetCurrentDirectory(), full);
        var root = relative.StartsWith("..", StringComparison.Ordinal) || Path.IsPathRooted(relative) ? Path.GetDirectoryName(full)! : Directory.GetCurrentDirectory();
        return new TestSettings { Root = root, File = Path.GetRelativePath(root, full).Replace(Path.DirectorySeparatorChar, '/') };
    }
}
