namespace JsRun.AspNetCore.Routing;

/// <summary>The parts of one segment of a path: <c>user-[id]</c> is the literal <c>user-</c> and the parameter <c>id</c>.</summary>
internal static class EdgeRouteSegment
{
    private const string CatchAllStart = "[...";

    public static string? CatchAllName(string segment)
        => segment.StartsWith(CatchAllStart, StringComparison.Ordinal) && segment.EndsWith(']') ? segment[CatchAllStart.Length..^1] : null;

    public static List<(string Text, bool IsParameter)> Split(string segment, string file)
    {
        var parts = new List<(string, bool)>();
        var at = 0;
        while (at < segment.Length)
        {
            var open = segment.AsSpan(at).IndexOfAny('[', ']');
            if (open < 0)
            {
                parts.Add((segment[at..], false));
                break;
            }

            var close = segment[at + open] == '[' ? segment.AsSpan(at + open + 1).IndexOfAny('[', ']') : -1;
            if (close < 0 || segment[at + open + 1 + close] != ']')
            {
                throw new FormatException($"'{file}' is not a route: its brackets do not match. A parameter is written [id], the rest of a path [...rest].");
            }

            if (open > 0)
            {
                parts.Add((segment.Substring(at, open), false));
            }

            parts.Add((segment.Substring(at + open + 1, close), true));
            at += open + close + 2;
        }

        return parts;
    }

    public static string EscapeLiteral(string text, string file)
        => text.Contains('?') || text.Contains('\\')
            ? throw new FormatException($"'{file}' is not a route: the characters '?' and '\\' cannot stand in a path. Rename the file.")
            : text.Replace("{", "{{", StringComparison.Ordinal).Replace("}", "}}", StringComparison.Ordinal);

    public static bool IsName(string name)
    {
        foreach (var c in name)
        {
            if (!char.IsAsciiLetterOrDigit(c) && c is not ('_' or '-'))
            {
                return false;
            }
        }

        return name.Length > 0;
    }
}
