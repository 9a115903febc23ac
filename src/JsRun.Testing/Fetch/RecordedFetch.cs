using System.Text;

namespace JsRun.Testing;

/// <summary>A request that a function sent with <c>fetch</c>. Immutable.</summary>
public sealed class RecordedFetch
{
    private RecordedFetch(string method, Uri url, IReadOnlyDictionary<string, string> headers, ReadOnlyMemory<byte> body)
    {
        Method = method;
        Url = url;
        Headers = headers;
        Body = body;
    }

    /// <summary>Gets the method, in upper case.</summary>
    public string Method { get; }

    /// <summary>Gets the address, with its query.</summary>
    public Uri Url { get; }

    /// <summary>Gets the headers, those of the body among them; several values of one are joined by a comma. Upper and lower case of their names do not differ.</summary>
    public IReadOnlyDictionary<string, string> Headers { get; }

    /// <summary>Gets the bytes of the body; empty if there is none.</summary>
    public ReadOnlyMemory<byte> Body { get; }

    /// <summary>Gets the body as text in UTF-8.</summary>
    public string Text => Encoding.UTF8.GetString(Body.Span);

    internal static async Task<RecordedFetch> OfAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var headers = request.Headers.Concat(request.Content?.Headers ?? Enumerable.Empty<KeyValuePair<string, IEnumerable<string>>>())
            .ToDictionary(header => header.Key, header => string.Join(", ", header.Value), StringComparer.OrdinalIgnoreCase);
        var body = request.Content is { } content ? await content.ReadAsByteArrayAsync(cancellationToken).ConfigureAwait(false) : [];
        return new RecordedFetch(request.Method.Method.ToUpperInvariant(), request.RequestUri!, headers, body);
    }
}
