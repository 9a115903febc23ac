namespace JsRun.AspNetCore.Routing;

/// <summary>
/// Whether two routes rank alike and can match one path, which ASP.NET Core finds out only when such a path is asked for. Routes that differ in nothing but their parameters' names
/// always do; others if a segment of both mixes parameters with literals, such as <c>file-[a]</c> and <c>[b]-file</c>.
/// </summary>
internal static class RouteOverlap
{
    private const char One = '\u0001';
    private const char Many = '\u0002';

    /// <summary>What routes must have in common to rank alike: their literals and where the others stand.</summary>
    /// <param name="key">A route's <see cref="EdgeRoute.Key"/>.</param>
    public static string Rank(string key) => string.Join('/', key.Split('/').Select(segment => IsMixed(segment) ? "{}{}" : segment));

    /// <param name="key">The <see cref="EdgeRoute.Key"/> of a route.</param>
    /// <param name="other">The key of one of the same rank.</param>
    public static bool Exists(string key, string other)
        => key.Split('/').Zip(other.Split('/')).All(pair => pair.First == pair.Second || Intersect(Pattern(pair.First), Pattern(pair.Second)));

    private static bool IsMixed(string segment) => Pattern(segment) is { Length: > 2 } pattern && pattern.Contains(Many, StringComparison.Ordinal);

    /// <summary>A parameter is one character, then any number; braces of literals are doubled.</summary>
    private static string Pattern(string segment) => segment is "{**}" ? segment : segment
        .Replace("{{", "\u0003", StringComparison.Ordinal).Replace("{}", $"{One}{Many}", StringComparison.Ordinal);

    private static bool Intersect(string a, string b)
    {
        // Row by row: whether what is left of both from here on has a text in common.
        var below = new bool[b.Length + 1];
        for (var i = a.Length; i >= 0; i--)
        {
            var row = new bool[b.Length + 1];
            for (var j = b.Length; j >= 0; j--)
            {
                row[j] = (i == a.Length && j == b.Length)
                    || (i < a.Length && a[i] == Many && (below[j] || (j < b.Length && row[j + 1])))
                    || (j < b.Length && b[j] == Many && (row[j + 1] || (i < a.Length && below[j])))
                    || (i < a.Length && j < b.Length && a[i] != Many && b[j] != Many && (a[i] == One || b[j] == One || a[i] == b[j]) && below[j + 1]);
            }

            below = row;
        }

        return below[0];
    }
}
