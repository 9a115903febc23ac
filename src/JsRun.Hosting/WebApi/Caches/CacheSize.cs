namespace JsRun.WebApi.Caches;

/// <summary>The memory that entries take, about, in bytes.</summary>
internal static class CacheSize
{
    // What an entry costs beside its texts and bytes.
    private const int Overhead = 512;
    private const int HeaderOverhead = 64;

    public static long Of(JsCacheEntry entry) => Overhead + entry.Body.Length + Of(entry.RequestHeaders) + Of(entry.Headers)
        + (2L * (entry.Method.Length + entry.Url.Length + entry.Fragment.Length + entry.StatusText.Length + entry.ResponseUrl.Length));

    private static long Of(IReadOnlyList<KeyValuePair<string, string>> headers)
    {
        var size = 0L;
        foreach (var (name, value) in headers)
        {
            size += HeaderOverhead + (2L * (name.Length + value.Length));
        }

        return size;
    }
}
