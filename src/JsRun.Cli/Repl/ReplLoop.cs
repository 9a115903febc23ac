using JsRun.Cli.Execution;

namespace JsRun.Cli.Repl;

/// <summary>Reads, evaluates and prints until the end of the input.</summary>
internal sealed class ReplLoop(ReplSession session, ILineReader reader, ReplHistory history, CliStreams streams)
{
    public async Task RunAsync(Func<CancellationToken> evaluation, CancellationToken cancellationToken)
    {
        var text = "";
        while (await reader.ReadAsync(text.Length == 0 ? "> " : "… ", part => CompleteAsync(part, cancellationToken), cancellationToken) is { } line)
        {
            if (line.IsCancelled)
            {
                text = "";
                continue;
            }

            text = text.Length == 0 ? line.Text : $"{text}\n{line.Text}";
            if (text.Trim() == ".exit")
            {
                return;
            }

            if (await session.IsIncompleteAsync(text, cancellationToken))
            {
                continue;
            }

            history.Add(text);
            await EvaluateAsync(text, evaluation(), cancellationToken);
            text = "";
        }

        if (text.Length > 0)
        {
            // The input has ended within it: its mistake is shown.
            await EvaluateAsync(text, evaluation(), cancellationToken);
        }
    }

    private async Task EvaluateAsync(string text, CancellationToken evaluation, CancellationToken cancellationToken)
    {
        try
        {
            if (await session.EvaluateAsync(text, evaluation) is { } value)
            {
                await streams.Out.WriteLineAsync(value);
            }
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            await streams.Error.WriteLineAsync("Interrupted.");
        }
        catch (Exception e) when (e is JsRunException and not JsMemoryLimitException)
        {
            await streams.Error.WriteLineAsync(ErrorText.Of(e));
        }
    }

    /// <summary>A name that cannot be completed is none that the user must know of.</summary>
    private async ValueTask<ReplCompletion> CompleteAsync(string text, CancellationToken cancellationToken)
    {
        try
        {
            return await session.CompleteAsync(text, cancellationToken);
        }
        catch (JsRunException)
        {
            return new ReplCompletion(text.Length, []);
        }
    }
}
