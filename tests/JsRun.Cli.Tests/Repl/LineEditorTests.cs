using JsRun.Cli.Repl;

namespace JsRun.Cli.Tests.Repl;

public sealed class LineEditorTests
{
    [Theory]
    [InlineData("abc", "abc", 3)]
    [InlineData("abc{LeftArrow}{LeftArrow}x", "axbc", 2)]
    [InlineData("abc{Backspace}", "ab", 2)]
    [InlineData("abc{Home}{Delete}", "bc", 0)]
    [InlineData("abc{Home}{Backspace}{End}{Delete}d", "abcd", 4)]
    [InlineData("abc{LeftArrow}{^K}", "ab", 2)]
    [InlineData("abc{LeftArrow}{^U}", "c", 0)]
    [InlineData("abc{^A}x{^E}y", "xabcy", 5)]
    [InlineData("a😀{LeftArrow}{Delete}b", "ab", 2)]
    [InlineData("a😀{Backspace}", "a", 1)]
    [InlineData("dr{UpArrow}", "second line", 11)]
    [InlineData("dr{UpArrow}{UpArrow}{UpArrow}", "first", 5)]
    [InlineData("dr{UpArrow}{UpArrow}{DownArrow}{DownArrow}aft", "draft", 5)]
    [InlineData("a{^C}", "a", 1)]
    public void Apply_Keys_EditTheText(string keys, string text, int cursor)
    {
        var editor = new LineEditor(["first", "second\nline"]);

        foreach (var key in Keys(keys))
        {
            editor.Apply(key);
        }

        (editor.Text, editor.Cursor).ShouldBe((text, cursor));
    }

    [Theory]
    [InlineData("a{Enter}", nameof(LineState.Entered))]
    [InlineData("a{^C}", nameof(LineState.Cancelled))]
    [InlineData("{^D}", nameof(LineState.Closed))]
    [InlineData("a{^D}", nameof(LineState.Editing))]
    [InlineData("a{Tab}", nameof(LineState.Completing))]
    public void Apply_Key_SaysWhatIsToBeDone(string keys, string expected)
    {
        var editor = new LineEditor([]);

        Keys(keys).Select(editor.Apply).ToList()[^1].ToString().ShouldBe(expected);
    }

    private static IEnumerable<ConsoleKeyInfo> Keys(string keys)
    {
        foreach (System.Text.RegularExpressions.Match match in System.Text.RegularExpressions.Regex.Matches(keys, @"\{(\^?)(\w+)\}|[\s\S]"))
        {
            yield return match.Groups[2].Success
                ? new ConsoleKeyInfo('\0', Enum.Parse<ConsoleKey>(match.Groups[2].Value), false, false, control: match.Groups[1].Value == "^")
                : new ConsoleKeyInfo(match.Value[0], ConsoleKey.None, false, false, false);
        }
    }
}
