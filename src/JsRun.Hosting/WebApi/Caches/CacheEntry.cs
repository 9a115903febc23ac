namespace JsRun.WebApi.Caches;

/// <summary>A request and the response that is kept for it, as they crossed: headers flat, the body whole. Immutable.</summary>
internal sealed record CacheEntry(string Method, string Url, string Fragment, string RequestHeaders, int Status, string StatusText, string Headers, string ResponseUrl, byte[] Body)
{
    // What an entry costs beside its texts and bytes, about.
    private const int Overhead = 512;

    public long Size { get; } = Overhead + Body.Length + (2L * (Method.Length + Url.Length + Fragment.Length + RequestHeaders.Length + StatusText.Length + Headers.Length + ResponseUrl.Length));

    /// <summary>The URL up to its query.</summary>
    public string Path { get; } = PathOf(Url);

    public static string PathOf(string url) => url.IndexOf('?', StringComparison.Ordinal) is var query and >= 0 ? url[..query] : url;
}
