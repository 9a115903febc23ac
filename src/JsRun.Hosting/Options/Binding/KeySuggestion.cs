namespace JsRun.Options.Binding;

/// <summary>Finds the key that was probably meant: the same name elsewhere, or a name that few edits lead to.</summary>
internal static class KeySuggestion
{
    public static string? For(string key, string section, Type options)
    {
        var siblings = ConfigurationKeys.Of(options).Select(p => $"{section}:{p.Name}").ToList();
        var all = siblings.Concat(ConfigurationKeys.Paths(options, section)).Concat(ConfigurationKeys.Paths(typeof(JsRunOptions), JsRunOptions.SectionName)).ToList();
        return Closest(key, siblings, tolerance: Math.Max(1, key.Length / 3)) ?? Closest(key, all, tolerance: Math.Max(1, key.Length / 5));
    }

    private static string? Closest(string key, IEnumerable<string> paths, int tolerance) => paths
        .Select(path => (Path: path, Edits: Edits(key, path[(path.LastIndexOf(':') + 1)..])))
        .Where(candidate => candidate.Edits <= tolerance)
        .OrderBy(candidate => candidate.Edits)
        .Select(candidate => candidate.Path)
        .FirstOrDefault();

    /// <summary>The edits between two names, upper and lower case alike; a swap of neighbours is one edit.</summary>
    private static int Edits(string a, string b)
    {
        var (x, y) = (a.ToUpperInvariant(), b.ToUpperInvariant());
        var table = new int[x.Length + 1, y.Length + 1];
        for (var i = 0; i <= x.Length; i++)
        {
            for (var j = 0; j <= y.Length; j++)
            {
                if (i == 0 || j == 0)
                {
                    table[i, j] = i + j;
                    continue;
                }

                var cost = x[i - 1] == y[j - 1] ? 0 : 1;
                table[i, j] = Math.Min(Math.Min(table[i - 1, j], table[i, j - 1]) + 1, table[i - 1, j - 1] + cost);
                if (i > 1 && j > 1 && x[i - 1] == y[j - 2] && x[i - 2] == y[j - 1])
                {
                    table[i, j] = Math.Min(table[i, j], table[i - 2, j - 2] + 1);
                }
            }
        }

        return table[x.Length, y.Length];
    }
}
