using System.CommandLine;
using JsRun.Cli.Execution;

namespace JsRun.Cli.Commands;

/// <summary><c>jsrun run FILE</c>: runs an ES module until its event loop is empty.</summary>
internal static class RunCommand
{
    public static Command Create(CliStreams streams)
    {
        var file = new Argument<FileInfo>("FILE") { Description = "The module: .js, .mjs, .ts, .jsx or .tsx. It can import what lies in its folder and below." };
        file.AcceptExistingOnly();
        var options = new ScriptOptions();
        var command = new Command("run", "Runs a module until nothing is left to do.") { file };
        options.AddTo(command);
        command.SetAction((parsed, cancellationToken) => ScriptRunner.RunAsync(streams, parsed, options, async (runtime, token) =>
        {
            await runtime.RunModuleAsync(parsed.GetRequiredValue(file).FullName, cancellationToken: token);
            await runtime.WaitForIdleAsync(token);
        }, cancellationToken));
        return command;
    }
}
