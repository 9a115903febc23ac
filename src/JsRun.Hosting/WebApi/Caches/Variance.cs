namespace JsRun.WebApi.Caches;

/// <summary>Compares requests by the headers that a kept response varies by (RFC 9111, 4.1).</summary>
internal static class Variance
{
    public static bool IsSame(JsCacheEntry entry, IReadOnlyList<KeyValuePair<string, string>> headers)
    {
        foreach (var (name, value) in entry.Headers)
        {
            if (!name.Equals("vary", StringComparison.OrdinalIgnoreCase))
            {
                continue;
            }

            foreach (var field in value.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
            {
                if (field == "*" || Find(entry.RequestHeaders, field) != Find(headers, field))
                {
                    return false;
                }
            }
        }

        return true;
    }

    private static string? Find(IReadOnlyList<KeyValuePair<string, string>> headers, string name)
    {
        foreach (var header in headers)
        {
            if (header.Key.Equals(name, StringComparison.OrdinalIgnoreCase))
            {
                return header.Value;
            }
        }

        return null;
    }
}
