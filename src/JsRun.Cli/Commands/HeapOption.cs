using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;

namespace JsRun.Cli.Commands;

/// <summary><c>--max-heap SIZE</c></summary>
internal static class HeapOption
{
    private const long Least = 8L << 20;
    private const long Most = 16L << 30;

    public static Option<long?> Create() => new("--max-heap")
    {
        Description = "The most memory for V8's heap, such as 64M or 1G; 128M by default.",
        HelpName = "SIZE",
        CustomParser = Parse,
    };

    private static long? Parse(ArgumentResult result)
    {
        var text = result.Tokens[0].Value;
        if (Bytes(text) is { } bytes and >= Least and <= Most)
        {
            return bytes;
        }

        result.AddError($"--max-heap is '{text}': specify a size from 8M to 16G, such as 64M, 1G or a number of bytes.");
        return null;
    }

    private static long? Bytes(string text)
    {
        var shift = text.Length == 0 ? 0 : char.ToUpperInvariant(text[^1]) switch
        {
            'K' => 10,
            'M' => 20,
            'G' => 30,
            _ => 0,
        };
        var digits = shift == 0 ? text : text[..^1];
        return long.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number <= Most ? number << shift : null;
    }
}
