namespace JsRun.Cli.Repl;

/// <summary>A line that is being edited: what keys do to it. Shows nothing.</summary>
internal sealed class LineEditor(IReadOnlyList<string> history)
{
    private string _draft = "";
    private int _entry = history.Count;

    public string Text { get; private set; } = "";

    public int Cursor { get; private set; }

    /// <summary>Applies a key.</summary>
    public LineState Apply(ConsoleKeyInfo key)
    {
        var isControl = key.Modifiers.HasFlag(ConsoleModifiers.Control);
        switch (key.Key)
        {
            case ConsoleKey.Enter:
                return LineState.Entered;
            case ConsoleKey.C when isControl:
                return LineState.Cancelled;
            case ConsoleKey.D when isControl && Text.Length == 0:
                return LineState.Closed;
            case ConsoleKey.Tab:
                return LineState.Completing;
            case ConsoleKey.Backspace when Cursor > 0:
                Replace(Cursor - Step(-1), Cursor, "");
                break;
            case ConsoleKey.Delete when Cursor < Text.Length:
            case ConsoleKey.D when isControl && Cursor < Text.Length:
                Replace(Cursor, Cursor + Step(1), "");
                break;
            case ConsoleKey.LeftArrow:
                Cursor -= Step(-1);
                break;
            case ConsoleKey.RightArrow:
                Cursor += Step(1);
                break;
            case ConsoleKey.Home:
            case ConsoleKey.A when isControl:
                Cursor = 0;
                break;
            case ConsoleKey.End:
            case ConsoleKey.E when isControl:
                Cursor = Text.Length;
                break;
            case ConsoleKey.U when isControl:
                Replace(0, Cursor, "");
                break;
            case ConsoleKey.K when isControl:
                Replace(Cursor, Text.Length, "");
                break;
            case ConsoleKey.UpArrow when _entry > 0:
                Recall(_entry - 1);
                break;
            case ConsoleKey.DownArrow when _entry < history.Count:
                Recall(_entry + 1);
                break;
            default:
                if (!char.IsControl(key.KeyChar) && !isControl)
                {
                    Replace(Cursor, Cursor, key.KeyChar.ToString());
                }

                break;
        }

        return LineState.Editing;
    }

    /// <summary>Puts a text in the place of another; the cursor is then behind it.</summary>
    public void Replace(int start, int end, string text)
    {
        Text = Text[..start] + text + Text[end..];
        Cursor = start + text.Length;
    }

    /// <summary>The length of the character at the cursor: two where it is a pair of surrogates.</summary>
    private int Step(int direction)
    {
        var next = direction > 0 ? Cursor : Cursor - 1;
        if (next < 0 || next >= Text.Length)
        {
            return 0;
        }

        var pair = direction > 0 ? Cursor : Cursor - 2;
        return pair >= 0 && pair + 1 < Text.Length && char.IsSurrogatePair(Text[pair], Text[pair + 1]) ? 2 : 1;
    }

    private void Recall(int entry)
    {
        if (_entry == history.Count)
        {
            _draft = Text;
        }

        _entry = entry;
        // An entry of several lines is edited as one.
        Text = entry == history.Count ? _draft : history[entry].ReplaceLineEndings(" ");
        Cursor = Text.Length;
    }
}
