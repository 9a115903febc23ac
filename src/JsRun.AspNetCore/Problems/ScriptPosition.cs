namespace JsRun.AspNetCore.Problems;

/// <summary>Finds the place in the author's files at which an error arose.</summary>
internal static class ScriptPosition
{
    /// <summary>The first position in a stack, such as <c>file:///users/[id].ts:3:9</c>, or the empty string.</summary>
    public static string Of(JsRunException exception)
    {
        if (exception is not JavaScriptException { JsStack: { Length: > 0 } stack })
        {
            return "";
        }

        foreach (var line in stack.AsSpan().EnumerateLines())
        {
            var frame = line.Trim();
            if (!frame.StartsWith("at ", StringComparison.Ordinal))
            {
                continue;
            }

            var open = frame.LastIndexOf('(');
            var place = open >= 0 && frame[^1] == ')' ? frame[(open + 1)..^1] : frame["at ".Length..];
            var column = place.LastIndexOf(':');
            if (column > 0 && int.TryParse(place[(column + 1)..], out _))
            {
                return place.StartsWith("async ", StringComparison.Ordinal) ? place["async ".Length..].ToString() : place.ToString();
            }
        }

        return "";
    }
}
