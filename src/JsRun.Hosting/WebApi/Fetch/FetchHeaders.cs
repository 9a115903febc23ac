using System.Collections.Frozen;
using System.Net.Http.Headers;
using System.Text;

namespace JsRun.WebApi.Fetch;

/// <summary>Headers between the flat form of the crossing and the HTTP client. What belongs to one connection never crosses.</summary>
internal static class FetchHeaders
{
    private static readonly FrozenSet<string> HopByHop = new[]
    {
        "connection", "keep-alive", "proxy-connection", "te", "trailer", "transfer-encoding", "upgrade", "proxy-authenticate", "proxy-authorization",
        "http2-settings",
    }.ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    // The client computes these from the URL and the body; a script that set them could reach another host than the one that was checked, or smuggle a request.
    private static readonly FrozenSet<string> Computed = new[] { "host", "content-length", "expect", "cdn-loop" }.ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    private static readonly FrozenSet<string> OfContent = new[]
    {
        "allow", "content-disposition", "content-encoding", "content-language", "content-location", "content-md5", "content-range", "content-type", "expires", "last-modified",
    }.ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    /// <summary>Sets the request's headers and, where there is a body or a header needs one, its content.</summary>
    /// <exception cref="FetchException">A name or value cannot be sent.</exception>
    public static void Apply(string flat, HttpRequestMessage request, FetchBody body)
    {
        var pairs = Read(flat).Where(pair => !HopByHop.Contains(pair.Name) && !Computed.Contains(pair.Name)).ToList();
        request.Content = body.ToContent(pairs.Exists(pair => OfContent.Contains(pair.Name)));
        foreach (var (name, value) in pairs)
        {
            HttpHeaders headers = OfContent.Contains(name) ? request.Content!.Headers : request.Headers;
            if (value.AsSpan().ContainsAny("\r\0") || !headers.TryAddWithoutValidation(name, value))
            {
                throw new FetchException($"The header '{name}' cannot be sent: its name or value is not valid.");
            }
        }

        AddDefault(request, "Accept", "*/*");
        // A range is one of the bytes as they are, not of a compressed form that the server might choose.
        AddDefault(request, "Accept-Encoding", request.Headers.NonValidated.Contains("Range") ? FetchCodings.Identity : FetchCodings.Known);
        AddDefault(request, "User-Agent", "JsRun");
    }

    public static string Write(HttpResponseMessage response)
    {
        var flat = new StringBuilder();
        foreach (var header in response.Headers.NonValidated.Concat(response.Content.Headers.NonValidated).Where(header => !HopByHop.Contains(header.Key)))
        {
            foreach (var value in header.Value)
            {
                flat.Append(header.Key.ToLowerInvariant()).Append('\n').Append(value.Replace('\r', ' ').Replace('\n', ' ')).Append('\n');
            }
        }

        return flat.ToString();
    }

    private static void AddDefault(HttpRequestMessage request, string name, string value)
    {
        if (!request.Headers.NonValidated.Contains(name))
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }
    }

    private static IEnumerable<(string Name, string Value)> Read(string flat)
    {
        var parts = flat.Split('\n');
        for (var i = 0; i + 1 < parts.Length; i += 2)
        {
            yield return (parts[i], parts[i + 1]);
        }
    }
}
