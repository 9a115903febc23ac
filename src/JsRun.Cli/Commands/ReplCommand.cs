using System.CommandLine;
using JsRun.Cli.Execution;
using JsRun.Cli.Repl;

namespace JsRun.Cli.Commands;

/// <summary><c>jsrun repl</c>: a prompt.</summary>
internal static class ReplCommand
{
    public const string Name = "repl";

    public static Command Create(CliStreams streams)
    {
        var options = new ScriptOptions();
        var command = new Command(Name, "Evaluates what you type. Tab completes names, the arrow keys recall earlier entries, Ctrl+D or .exit ends.");
        options.AddTo(command);
        command.SetAction((parsed, cancellationToken) => ScriptRunner.RunAsync(streams, parsed, options, (runtime, token) => RunAsync(runtime, streams, token), cancellationToken));
        return command;
    }

    private static async Task RunAsync(IJsRuntime runtime, CliStreams streams, CancellationToken cancellationToken)
    {
        var session = new ReplSession(runtime);
        await session.StartAsync(cancellationToken);
        if (!streams.IsTerminal)
        {
            await new ReplLoop(session, new TextLineReader(streams.In), new ReplHistory(null), streams).RunAsync(() => cancellationToken, cancellationToken);
            return;
        }

        var history = new ReplHistory(ReplHistory.DefaultFile);
        CancellationTokenSource? running = null;
        void Interrupt(object? sender, ConsoleCancelEventArgs e)
        {
            e.Cancel = true;
            running?.Cancel();
        }

        Console.CancelKeyPress += Interrupt;
        try
        {
            await new ReplLoop(session, new TerminalLineReader(history, streams.Out), history, streams).RunAsync(() =>
            {
                running?.Dispose();
                running = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
                return running.Token;
            }, cancellationToken);
        }
        finally
        {
            Console.CancelKeyPress -= Interrupt;
            running?.Dispose();
            history.Save();
        }
    }
}
