using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace JsRun.Modules.Compilation;

/// <summary>The lines around a place in a source, with a caret below it.</summary>
internal static partial class CodeFrame
{
    private const int LinesAround = 3;

    /// <summary>Longer lines (of bundles) are shown around the place only.</summary>
    private const int MostColumns = 120;

    /// <summary>Renders a frame; empty where the place is not in the source.</summary>
    /// <param name="source">The author's text.</param>
    /// <param name="line">The line, from 1, by ECMAScript's line ends.</param>
    /// <param name="column">The column in UTF-16 code units, from 1.</param>
    public static string Render(string source, int line, int column)
    {
        var first = Math.Max(1, line - LinesAround);
        var lines = LinesFrom(source, first, line + LinesAround);
        if (line < 1 || line - first >= lines.Count)
        {
            return "";
        }

        var crop = Math.Max(0, column - (MostColumns / 2));
        if (lines.All(text => text.Length <= MostColumns))
        {
            crop = 0;
        }

        var width = (first + lines.Count - 1).ToString(CultureInfo.InvariantCulture).Length;
        var frame = new StringBuilder();
        for (var index = 0; index < lines.Count; index++)
        {
            var number = (first + index).ToString(CultureInfo.InvariantCulture).PadLeft(width);
            var isPlace = first + index == line;
            frame.Append(isPlace ? "> " : "  ").Append(number).Append(" | ").Append(Crop(lines[index], crop)).Append('\n');
            if (isPlace)
            {
                frame.Append("  ").Append(' ', width).Append(" | ").Append(Indent(lines[index], crop, column)).Append("^\n");
            }
        }

        return frame.ToString().TrimEnd('\n');
    }

    private static List<string> LinesFrom(string source, int first, int last)
    {
        var lines = new List<string>();
        var start = 0;
        for (var number = 1; number <= last; number++)
        {
            var end = LineEnd().Match(source, start);
            if (number >= first)
            {
                lines.Add(end.Success ? source[start..end.Index] : source[start..]);
            }

            if (!end.Success)
            {
                break;
            }

            start = end.Index + end.Length;
        }

        return lines;
    }

    private static string Crop(string text, int from)
    {
        return from >= text.Length ? "" : text.Substring(from, Math.Min(MostColumns, text.Length - from));
    }

    /// <summary>As wide as what stands before the place: tabs stay tabs.</summary>
    private static string Indent(string text, int from, int column)
    {
        var before = text.AsSpan(Math.Min(from, text.Length), Math.Max(0, Math.Min(column - 1, text.Length) - from));
        return string.Create(before.Length, before, static (indent, shown) =>
        {
            for (var index = 0; index < indent.Length; index++)
            {
                indent[index] = shown[index] == '\t' ? '\t' : ' ';
            }
        });
    }

    [GeneratedRegex("\r\n|[\n\r\u2028\u2029]")]
    private static partial Regex LineEnd();
}
