using System.Text;
using System.Text.Json;

namespace JsRun.Engine.Scripts;

/// <summary>Writes source maps of compiled modules, from the positions that the compiler has left (<c>JavaScript/src/text/positions.ts</c>).</summary>
internal static class SourceMapWriter
{
    private const string Digits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    private const int DigitBits = 5;
    private const int More = 1 << DigitBits;

    /// <summary>Writes a source map as JSON.</summary>
    /// <param name="url">The module's URL, which is also that of its source.</param>
    /// <param name="code">The text that V8 runs.</param>
    /// <param name="positions">What has moved in it.</param>
    public static byte[] Write(string url, string code, string positions)
    {
        var moved = Decode(positions).GroupBy(static m => m.Line).ToDictionary(static g => g.Key, static g => g.ToArray());
        var mappings = new StringBuilder();
        var (lastLine, lastColumn) = (0, 0);
        foreach (var (line, text) in code.Split('\n').Index())
        {
            mappings.Append(line > 0 ? ";" : "");
            var generated = 0;
            var isFirst = true;
            var entries = moved.GetValueOrDefault(line, []);
            foreach (var column in Columns(text, entries))
            {
                var shift = entries.LastOrDefault(m => m.Column <= column);
                var (authorLine, authorColumn) = (Math.Max(0, line + shift.Lines), Math.Max(0, column + shift.Columns));
                mappings.Append(isFirst ? "" : ",");
                isFirst = false;
                Encode(mappings, column - generated);
                Encode(mappings, 0);
                Encode(mappings, authorLine - lastLine);
                Encode(mappings, authorColumn - lastColumn);
                (generated, lastLine, lastColumn) = (column, authorLine, authorColumn);
            }
        }

        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream))
        {
            writer.WriteStartObject();
            writer.WriteNumber("version", 3);
            writer.WriteStartArray("sources");
            writer.WriteStringValue(url);
            writer.WriteEndArray();
            writer.WriteStartArray("names");
            writer.WriteEndArray();
            writer.WriteString("mappings", mappings.ToString());
            writer.WriteEndObject();
        }

        return stream.ToArray();
    }

    // Where words begin, and where something has moved: debuggers stop at both.
    private static IEnumerable<int> Columns(string text, (int Line, int Column, int Lines, int Columns)[] moved) => Enumerable.Range(0, text.Length)
        .Where(at => at == 0 || (IsWord(text[at]) && !IsWord(text[at - 1])))
        .Union(moved.Select(static m => m.Column))
        .Order();

    private static bool IsWord(char character) => char.IsLetterOrDigit(character) || character is '_' or '$';

    private static IEnumerable<(int Line, int Column, int Lines, int Columns)> Decode(string positions)
    {
        var numbers = DecodeNumbers(positions).ToArray();
        var at = (Line: 0, Column: 0, Lines: 0, Columns: 0);
        for (var i = 0; i + 3 < numbers.Length; i += 4)
        {
            at = (at.Line + numbers[i], numbers[i + 1] + (numbers[i] == 0 ? at.Column : 0), at.Lines + numbers[i + 2], at.Columns + numbers[i + 3]);
            yield return at;
        }
    }

    private static IEnumerable<int> DecodeNumbers(string text)
    {
        var (number, shift) = (0, 0);
        foreach (var digit in text.Select(static c => Digits.IndexOf(c, StringComparison.Ordinal)))
        {
            number |= (digit & (More - 1)) << shift;
            shift += DigitBits;
            if (digit < More)
            {
                yield return (number & 1) == 0 ? number >> 1 : -(number >> 1);
                (number, shift) = (0, 0);
            }
        }
    }

    private static void Encode(StringBuilder text, int number)
    {
        var rest = number < 0 ? (-number << 1) | 1 : number << 1;
        do
        {
            var digit = rest & (More - 1);
            rest >>= DigitBits;
            text.Append(Digits[rest > 0 ? digit | More : digit]);
        }
        while (rest > 0);
    }
}
