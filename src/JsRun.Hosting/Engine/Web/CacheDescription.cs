using System.Text.Json.Serialization;

namespace JsRun.Engine.Web;

/// <summary>An entry of a cache as it crosses: headers flat, the body apart. Mirrors <c>JavaScript/src/web/caches/host-cache.ts</c>.</summary>
internal sealed record CacheDescription(string Method, string Url, string Fragment, string RequestHeaders, int Status, string StatusText, string Headers, string ResponseUrl, int Size)
{
    /// <summary>Describes an entry.</summary>
    /// <param name="entry">The entry.</param>
    /// <param name="includesBody">Whether its body crosses too.</param>
    /// <exception cref="InvalidDataException">The entry is not one that a script can have put.</exception>
    public static CacheDescription Of(JsCacheEntry entry, bool includesBody)
    {
        if (entry.Status != 0 && entry.Status is < 200 or > 599)
        {
            throw new InvalidDataException($"An entry for {entry.Url} has the status {entry.Status}, which no response can have.");
        }

        return new(
            entry.Method,
            entry.Url,
            entry.Fragment,
            Flatten(entry.RequestHeaders),
            entry.Status,
            entry.StatusText,
            Flatten(entry.Headers),
            entry.ResponseUrl,
            includesBody ? entry.Body.Length : 0);
    }

    /// <summary>The entry with a body.</summary>
    public JsCacheEntry ToEntry(byte[] body) => new()
    {
        Method = Method,
        Url = Url,
        Fragment = Fragment,
        RequestHeaders = Parse(RequestHeaders),
        Status = Status,
        StatusText = StatusText,
        Headers = Parse(Headers),
        ResponseUrl = ResponseUrl,
        Body = body,
    };

    /// <summary>Reads headers that crossed.</summary>
    public static IReadOnlyList<KeyValuePair<string, string>> Parse(string flat)
    {
        var lines = flat.Split('\n');
        var headers = new KeyValuePair<string, string>[lines.Length / 2];
        for (var i = 0; i < headers.Length; i++)
        {
            headers[i] = new(lines[2 * i], lines[(2 * i) + 1]);
        }

        return headers;
    }

    private static string Flatten(IReadOnlyList<KeyValuePair<string, string>> headers)
    {
        foreach (var (name, value) in headers)
        {
            // One of them would become another header.
            if (name.Contains('\n', StringComparison.Ordinal) || value.Contains('\n', StringComparison.Ordinal))
            {
                throw new InvalidDataException($"The header '{name}' of an entry has a line feed.");
            }
        }

        return string.Concat(headers.Select(static header => $"{header.Key}\n{header.Value}\n"));
    }
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(CacheDescription))]
[JsonSerializable(typeof(CacheDescription[]))]
internal sealed partial class CacheJson : JsonSerializerContext;
