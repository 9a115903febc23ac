using System.CommandLine;
using JsRun.Cli.Commands;

namespace JsRun.Cli;

/// <summary>The command <c>jsrun</c>: its subcommands, and what is common to them.</summary>
internal static class CommandLine
{
    // Code may begin with '@' or hold several letters after a dash: arguments are taken as they are.
    private static readonly ParserConfiguration Parsing = new() { EnablePosixBundling = false, ResponseFileTokenReplacer = null };

    public static async Task<int> RunAsync(string[] args, CliStreams streams, CancellationToken cancellationToken = default)
    {
        var parsed = Parse(args, streams);
        if (parsed.Errors.Count > 0)
        {
            foreach (var error in parsed.Errors)
            {
                await streams.Error.WriteLineAsync(error.Message);
            }

            await streams.Error.WriteLineAsync($"Try 'jsrun {string.Join(' ', Path(parsed).Append("--help"))}'.");
            return ExitCode.WrongUsage;
        }

        var invocation = new InvocationConfiguration { Output = streams.Out, Error = streams.Error, EnableDefaultExceptionHandler = false };
        if (parsed.CommandResult.Command.Name == ReplCommand.Name)
        {
            // Ctrl+C interrupts what the prompt evaluates, and not the prompt.
            invocation.ProcessTerminationTimeout = null;
        }

        return await parsed.InvokeAsync(invocation, cancellationToken);
    }

    public static ParseResult Parse(string[] args, CliStreams streams)
    {
        var root = new RootCommand("Runs JavaScript and TypeScript on JsRun.")
        {
            EvalCommand.Create(streams),
            RunCommand.Create(streams),
            ServeCommand.Create(streams),
            TestCommand.Create(streams),
            ReplCommand.Create(streams),
            InitCommand.Create(streams),
            CheckCommand.Create(streams),
            BundleCommand.Create(streams),
            CompletionCommand.Create(streams),
        };
        return root.Parse(ListOption.Expand(args), Parsing);
    }

    private static IEnumerable<string> Path(ParseResult parsed) => parsed.CommandResult.Command is RootCommand ? [] : [parsed.CommandResult.Command.Name];
}
