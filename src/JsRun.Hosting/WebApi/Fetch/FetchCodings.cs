using System.IO.Compression;
using System.Net.Http.Headers;

namespace JsRun.WebApi.Fetch;

/// <summary>Content codings: what a script gets has none of those that are known here, as the Fetch standard has it.</summary>
internal static class FetchCodings
{
    /// <summary>Asked for unless the script says what it takes.</summary>
    public const string Known = "gzip, deflate, br";

    public const string Identity = "identity";

    // Each is a decoder with a window of its own.
    private const int Most = 5;

    /// <summary>Undoes the codings, the last first, and takes away the headers that describe the coded form. A body with one that is not known stays as it is.</summary>
    /// <exception cref="FetchException">There are too many.</exception>
    public static Stream Undo(HttpContentHeaders headers, Stream body)
    {
        var codings = headers.NonValidated.TryGetValues("Content-Encoding", out var values)
            ? values.SelectMany(value => value.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)).Where(coding => !Is(coding, Identity)).ToList()
            : [];
        if (codings.Count == 0 || !codings.TrueForAll(IsKnown))
        {
            return body;
        }

        if (codings.Count > Most)
        {
            body.Dispose();
            throw new FetchException($"The answer has {codings.Count} content codings, and at most {Most} are undone.");
        }

        headers.Remove("Content-Encoding");
        headers.Remove("Content-Length");
        codings.Reverse();
        return codings.Aggregate(body, Undo);
    }

    private static Stream Undo(Stream body, string coding) =>
        Is(coding, "br") ? new BrotliStream(body, CompressionMode.Decompress)
        : Is(coding, "deflate") ? new InflateStream(body)
        : new GZipStream(body, CompressionMode.Decompress);

    private static bool IsKnown(string coding) => Is(coding, "gzip") || Is(coding, "x-gzip") || Is(coding, "deflate") || Is(coding, "br");

    private static bool Is(string coding, string name) => coding.Equals(name, StringComparison.OrdinalIgnoreCase);
}
