using JsRun.Diagnostics;

namespace JsRun.Hosting.Tests.Diagnostics;

public sealed class LogTextTests
{
    [Theory]
    [InlineData("plain é € 😀\ttab\nline", "plain é € 😀\ttab\nline")]
    [InlineData("", "")]
    [InlineData("\u001b[31mred", "\\u001b[31mred")]
    [InlineData("one\rtwo", "one\\u000dtwo")]
    [InlineData("\a\0\b\u007f\u0085\u009f", "\\u0007\\u0000\\u0008\\u007f\\u0085\\u009f")]
    [InlineData("a\u202eb\u2066c\u200fd\u061ce", "a\\u202eb\\u2066c\\u200fd\\u061ce")]
    [InlineData("a\u2028b\u2029", "a\\u2028b\\u2029")]
    [InlineData("\u00a0\u200d\u2027\u202f", "\u00a0\u200d\u2027\u202f")]
    public void Escape_ControlCharacters_AreShown(string text, string expected) => LogText.Escape(text).ShouldBe(expected);
}
