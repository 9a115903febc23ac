namespace JsRun.Cli.Repl;

/// <summary>Reads lines where nobody types: no prompt is shown.</summary>
internal sealed class TextLineReader(TextReader input) : ILineReader
{
    public async ValueTask<LineInput?> ReadAsync(string prompt, Func<string, ValueTask<ReplCompletion>> complete, CancellationToken cancellationToken) =>
        await input.ReadLineAsync(cancellationToken) is { } line ? new LineInput(line) : null;
}
