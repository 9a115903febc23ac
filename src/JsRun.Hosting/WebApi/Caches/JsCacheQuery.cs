using JsRun.WebApi.Caches;

namespace JsRun;

/// <summary>Entries of a cache that are asked for. Immutable and thread-safe.</summary>
public sealed record JsCacheQuery
{
    /// <summary>Gets the URL of the entries, without a fragment; <see langword="null"/> for all entries of the cache, the default.</summary>
    public string? Url { get; init; }

    /// <summary>Gets whether the query part of the URLs does not count (<c>ignoreSearch</c>). The default is <see langword="false"/>.</summary>
    public bool IgnoresSearch { get; init; }

    /// <summary>Gets whether the <c>Vary</c> header of the responses does not count (<c>ignoreVary</c>). The default is <see langword="false"/>.</summary>
    public bool IgnoresVary { get; init; }

    /// <summary>Gets the headers of the request that is matched, for <c>Vary</c>. Names are in lower case.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> RequestHeaders { get; init; } = [];

    /// <summary>Gets whether the bodies are read as well. The default is <see langword="true"/>.</summary>
    public bool IncludesBody { get; init; } = true;

    /// <summary>Returns whether the query asks for an entry. Compares URL and, unless <see cref="IgnoresVary"/> is set, the request headers that the response varies by.</summary>
    /// <param name="entry">An entry of the cache.</param>
    /// <returns>Whether the entry matches.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="entry"/> is <see langword="null"/>.</exception>
    public bool Matches(JsCacheEntry entry)
    {
        ArgumentNullException.ThrowIfNull(entry);
        return Url is null || (IsSameUrl(Url, entry.Url) && (IgnoresVary || Variance.IsSame(entry, RequestHeaders)));
    }

    private bool IsSameUrl(ReadOnlySpan<char> one, ReadOnlySpan<char> other) =>
        IgnoresSearch ? WithoutQuery(one).SequenceEqual(WithoutQuery(other)) : one.SequenceEqual(other);

    private static ReadOnlySpan<char> WithoutQuery(ReadOnlySpan<char> url) => url.IndexOf('?') is var query and >= 0 ? url[..query] : url;
}
