using System.Globalization;
using System.Text.RegularExpressions;

namespace JsRun.Runtime;

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
                frames.Add(new JsStackFrame(
                    match.Groups["function"] is { Success: true } function ? function.Value : null,
                    match.Groups["file"] is { Success: true, Value: not "<anonymous>" } file ? file.Value : null,
                    Number(match.Groups["line"]),
                    Number(match.Groups["column"])));
            }
        }

        return frames;
    }

    private static int Number(Group group) => int.TryParse(group.ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0;

    [GeneratedRegex(@"^    at (?:async )?(?:(?<function>.+?) \((?<file>.*?)(?::(?<line>\d+))?(?::(?<column>\d+))?\)|(?<file>.*?)(?::(?<line>\d+))?(?::(?<column>\d+))?)$")]
    private static partial Regex Frame();
}
