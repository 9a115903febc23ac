using System.Buffers;
using System.Globalization;
using System.Text;

namespace JsRun.Diagnostics;

/// <summary>
/// Text of scripts on its way into the log. A terminal obeys control characters, and reorders what follows some others: both would let a script forge log lines, or hide them.
/// Line feeds and tabs stay.
/// </summary>
internal static class LogText
{
    // C0 but for tab and line feed, delete, C1; the marks of bidirectional text; the separators that some viewers take for line ends.
    private static readonly SearchValues<char> Escaped = SearchValues.Create(
        [.. Enumerable.Range(0, 0xA0).Where(c => c is < 0x20 or >= 0x7F && c is not '\t' and not '\n').Select(c => (char)c), '\u061C', '\u200E', '\u200F', .. "\u2028\u2029\u202A\u202B\u202C\u202D\u202E", .. "\u2066\u2067\u2068\u2069"]);

    /// <summary>The same text with such characters as escapes, like <c>\u001b</c>.</summary>
    public static string Escape(string text)
    {
        var at = text.AsSpan().IndexOfAny(Escaped);
        if (at < 0)
        {
            return text;
        }

        var result = new StringBuilder(text.Length + 16);
        var rest = text.AsSpan();
        while (at >= 0)
        {
            result.Append(rest[..at]).Append(CultureInfo.InvariantCulture, $"\\u{(int)rest[at]:x4}");
            rest = rest[(at + 1)..];
            at = rest.IndexOfAny(Escaped);
        }

        return result.Append(rest).ToString();
    }
}
