using JsRun.Modules.Compilation;

namespace JsRun.Hosting.Tests.Modules.Compilation;

public sealed class CodeFrameTests
{
    [Fact]
    public void Render_PlaceInTheMiddle_ShowsThreeLinesAround()
    {
        var source = string.Join('\n', Enumerable.Range(1, 20).Select(number => $"line {number}"));

        CodeFrame.Render(source, 9, 6).ShouldBe(
            "   6 | line 6\n   7 | line 7\n   8 | line 8\n>  9 | line 9\n     |      ^\n  10 | line 10\n  11 | line 11\n  12 | line 12");
    }

    [Fact]
    public void Render_TabsBeforeThePlace_StayTabsAboveTheCaret()
    {
        CodeFrame.Render("\ta\tb", 1, 4).ShouldBe("> 1 | \ta\tb\n    | \t \t^");
    }

    [Fact]
    public void Render_LongLine_IsShortenedAroundThePlace()
    {
        var frame = CodeFrame.Render(new string('a', 5000) + "!" + new string('b', 5000), 1, 5001).Split('\n');

        frame[0].Length.ShouldBeLessThan(140);
        frame[0][frame[1].IndexOf('^', StringComparison.Ordinal)].ShouldBe('!');
    }

    [Theory]
    [InlineData("a\r\nb\rc\u2028d", 4, "d")]
    [InlineData("a\n", 2, "")]
    public void Render_LineEndsOfEcmaScript_CountLines(string source, int line, string shown)
    {
        CodeFrame.Render(source, line, 1).ShouldContain($"> {line} | {shown}\n");
    }

    [Theory]
    [InlineData(0, 1)]
    [InlineData(3, 1)]
    public void Render_LineOutsideOfSource_IsEmpty(int line, int column)
    {
        CodeFrame.Render("a\nb", line, column).ShouldBe("");
    }

    [Fact]
    public void Render_ColumnPastTheLine_PutsCaretAtItsEnd()
    {
        CodeFrame.Render("ab", 1, 99).ShouldBe("> 1 | ab\n    |   ^");
    }
}
