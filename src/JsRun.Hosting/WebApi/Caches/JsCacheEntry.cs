using JsRun.WebApi.Caches;

namespace JsRun;

/// <summary>A request and the response that a cache keeps for it. Plain data, which System.Text.Json writes and reads as it is. Immutable and thread-safe.</summary>
public sealed record JsCacheEntry
{
    /// <summary>Gets the URL of the request without its fragment.</summary>
    public required string Url { get; init; }

    /// <summary>Gets the fragment of the request's URL with its <c>#</c>, or an empty text. It does not count when requests are matched.</summary>
    public string Fragment { get; init; } = "";

    /// <summary>Gets the method of the request: <c>GET</c>.</summary>
    public string Method { get; init; } = "GET";

    /// <summary>Gets the headers of the request. Names are in lower case.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> RequestHeaders { get; init; } = [];

    /// <summary>Gets the status of the response: 200 to 599, or 0 for a network error (<c>Response.error()</c>).</summary>
    public required int Status { get; init; }

    /// <summary>Gets the reason phrase of the response; may be empty.</summary>
    public string StatusText { get; init; } = "";

    /// <summary>Gets the headers of the response. Names are in lower case; only <c>set-cookie</c> may occur more than once.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Headers { get; init; } = [];

    /// <summary>Gets the URL that the response came from; empty if a script made the response.</summary>
    public string ResponseUrl { get; init; } = "";

    /// <summary>Gets the whole body of the response; empty if it has none.</summary>
    public ReadOnlyMemory<byte> Body { get; init; }

    /// <summary>Returns whether this entry takes the place of another one: it is for the same URL, and has the same request headers where the other's response varies by them (<c>Vary</c>).</summary>
    /// <param name="other">An entry that is in the cache.</param>
    /// <returns>Whether the other entry is to be removed when this one is put.</returns>
    public bool Replaces(JsCacheEntry other) => new JsCacheQuery { Url = Url, RequestHeaders = RequestHeaders }.Matches(other);

    /// <summary>Gets the memory that the entry takes, about, in bytes.</summary>
    internal long Size => CacheSize.Of(this);
}
