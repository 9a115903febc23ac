using System.Globalization;
using System.Text.RegularExpressions;

namespace JsRun.Errors;

/// <summary>Reads the frames out of a stack as V8 writes it.</summary>
internal static partial class StackFrameParser
{
    public static IReadOnlyList<JsStackFrame> Parse(string stack)
    {
        var frames = new List<JsStackFrame>();
        foreach (var line in stack.Split('\n'))
        {
            var match = Frame().Match(line);
            if (match.Success)
            {
                var number = Number(match.Groups["line"]);
                frames.Add(new JsStackFrame
                {
                    FunctionName = match.Groups["function"] is { Success: true } function ? function.Value : null,
                    FileName = FileName(match.Groups["file"].Value, hasPlace: number > 0),
                    LineNumber = number,
                    ColumnNumber = Number(match.Groups["column"]),
                });
            }
        }

        return frames;
    }

    // What no script has, and a script without a name, are called the same.
    private static string? FileName(string shown, bool hasPlace) => shown != "<anonymous>" ? shown : hasPlace ? "" : null;

    private static int Number(Group group) => int.TryParse(group.ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0;

    [GeneratedRegex(@"^    at (?:async )?(?:(?<function>.+?) \((?<file>.*?)(?::(?<line>\d+))?(?::(?<column>\d+))?\)|(?<file>.*?)(?::(?<line>\d+))?(?::(?<column>\d+))?)$")]
    private static partial Regex Frame();
}
