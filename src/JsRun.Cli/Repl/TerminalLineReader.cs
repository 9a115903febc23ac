namespace JsRun.Cli.Repl;

/// <summary>Reads lines from a terminal, where they can be edited.</summary>
internal sealed class TerminalLineReader(ReplHistory history, TextWriter output) : ILineReader
{
    public async ValueTask<LineInput?> ReadAsync(string prompt, Func<string, ValueTask<ReplCompletion>> complete, CancellationToken cancellationToken)
    {
        // Ctrl+C gives up the line here, and interrupts a script elsewhere.
        Console.TreatControlCAsInput = true;
        try
        {
            return await EditAsync(prompt, complete, cancellationToken);
        }
        finally
        {
            Console.TreatControlCAsInput = false;
        }
    }

    private async ValueTask<LineInput?> EditAsync(string prompt, Func<string, ValueTask<ReplCompletion>> complete, CancellationToken cancellationToken)
    {
        var editor = new LineEditor(history.Entries);
        for (; ; )
        {
            Show(prompt, editor);
            switch (editor.Apply(await Task.Run(static () => Console.ReadKey(intercept: true), cancellationToken)))
            {
                case LineState.Entered:
                    output.WriteLine();
                    return new LineInput(editor.Text);
                case LineState.Cancelled:
                    output.WriteLine();
                    return new LineInput("", IsCancelled: true);
                case LineState.Closed:
                    output.WriteLine();
                    return null;
                case LineState.Completing:
                    await CompleteAsync(editor, complete);
                    break;
                default:
                    break;
            }
        }
    }

    /// <summary>Completes as far as all names agree, and lists them where they do not.</summary>
    private async ValueTask CompleteAsync(LineEditor editor, Func<string, ValueTask<ReplCompletion>> complete)
    {
        var (start, names) = await complete(editor.Text[..editor.Cursor]);
        if (names.Count == 0)
        {
            return;
        }

        var common = names.Aggregate(static (a, b) => a[..a.Zip(b).TakeWhile(static pair => pair.First == pair.Second).Count()]);
        if (common.Length > editor.Cursor - start)
        {
            editor.Replace(start, editor.Cursor, common);
        }
        else if (names.Count > 1)
        {
            output.WriteLine();
            output.WriteLine(string.Join("  ", names.Take(100)) + (names.Count > 100 ? "  …" : ""));
        }
    }

    // A line that is wider than the terminal shows the part around the cursor.
    private void Show(string prompt, LineEditor editor)
    {
        var width = Math.Max(20, Console.WindowWidth - prompt.Length - 1);
        var first = Math.Max(0, editor.Cursor - width);
        var part = editor.Text[first..Math.Min(editor.Text.Length, first + width)];
        output.Write($"\r\u001b[K{prompt}{part}\r\u001b[{prompt.Length + editor.Cursor - first}C");
        output.Flush();
    }
}
