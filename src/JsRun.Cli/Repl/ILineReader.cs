namespace JsRun.Cli.Repl;

/// <summary>Reads lines from a person or a file.</summary>
internal interface ILineReader
{
    /// <summary>Reads a line.</summary>
    /// <param name="prompt">What stands before it.</param>
    /// <param name="complete">Says what a text may go on with.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>The line; <see langword="null"/> at the end; or an empty one with <c>IsCancelled</c>.</returns>
    ValueTask<LineInput?> ReadAsync(string prompt, Func<string, ValueTask<ReplCompletion>> complete, CancellationToken cancellationToken);
}
