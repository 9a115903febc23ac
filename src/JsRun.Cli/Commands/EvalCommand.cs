using System.CommandLine;
using JsRun.Cli.Execution;
using JsRun.Runtimes;

namespace JsRun.Cli.Commands;

/// <summary><c>jsrun eval [CODE | --file FILE | -]</c>: prints the completion value as soon as it settles, live timers or not.</summary>
internal static class EvalCommand
{
    public static Command Create(CliStreams streams)
    {
        var code = new Argument<string?>("CODE") { Description = "The script, or '-' to read it from the standard input.", Arity = ArgumentArity.ZeroOrOne };
        var file = new Option<FileInfo?>("--file") { Description = "Reads the script from a file.", HelpName = "FILE" }.AcceptExisting();
        var options = new ScriptOptions();
        var command = new Command("eval", "Evaluates a script and prints its completion value.") { code, file };
        options.AddTo(command);
        command.Validators.Add(result =>
        {
            if (result.GetValue(code) is null == result.GetValue(file) is null)
            {
                result.AddError("Specify exactly one of: the code, '--file FILE', or '-' for the standard input.");
            }
        });
        command.SetAction((parsed, cancellationToken) => ScriptRunner.RunAsync(streams, parsed, options, async (runtime, token) =>
        {
            var (text, name) = await ReadAsync(parsed.GetValue(code), parsed.GetValue(file), streams, token);
            var value = await runtime.EvaluateTextAsync(text, name, token);
            if (ResultText.Of(value) is { } line)
            {
                await streams.Out.WriteLineAsync(line);
            }
        }, cancellationToken));
        return command;
    }

    private static async Task<(string Code, string Name)> ReadAsync(string? code, FileInfo? file, CliStreams streams, CancellationToken cancellationToken) => (code, file) switch
    {
        (_, not null) => (await File.ReadAllTextAsync(file.FullName, cancellationToken), file.Name),
        ("-", _) => (await streams.In.ReadToEndAsync(cancellationToken), "stdin.js"),
        _ => (code!, "eval.js"),
    };
}
