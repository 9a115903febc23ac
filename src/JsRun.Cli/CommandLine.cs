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
        var root = new RootCommand("Runs JavaScript and TypeScript on JsRun.")
        {
            EvalCommand.Create(streams),
            RunCommand.Create(streams),
            ServeCommand.Create(streams),
        };
        var parsed = root.Parse(NetOption.Expand(args), Parsing);
        if (parsed.Errors.Count > 0)
        {
            foreach (var error in parsed.Errors)
            {
                await streams.Error.WriteLineAsync(error.Message);
            }

            await streams.Error.WriteLineAsync($"Try 'jsrun {string.Join(' ', Path(parsed).Append("--help"))}'.");
            return ExitCode.WrongUsage;
        }

        return await parsed.InvokeAsync(new() { Output = streams.Out, Error = streams.Error, EnableDefaultExceptionHandler = false }, cancellationToken);
    }

    private static IEnumerable<string> Path(ParseResult parsed) => parsed.CommandResult.Command is RootCommand ? [] : [parsed.CommandResult.Command.Name];
}
