using System.Buffers;
using System.Collections.Frozen;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;

namespace JsRun.Bridge;

/// <summary>Gives a function's headers to the server. Whatever the script did, none of them can break out of its line.</summary>
internal static class ResponseHeaderFrame
{
    private const string TokenChars = "!#$%&'*+-.^_`|~0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

    private static readonly SearchValues<char> Token = SearchValues.Create(TokenChars);
    private static readonly SearchValues<char> Forbidden = SearchValues.Create([.. Enumerable.Range(0, 32).Where(c => c != '\t').Select(c => (char)c), '\x7f']);

    /// <summary>Names that need no new string.</summary>
    private static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> Common = FrozenSet.Create(
        StringComparer.Ordinal,
        "content-type", "content-length", "set-cookie", "cache-control", "location", "etag", "last-modified", "vary", "expires", "date", "content-encoding",
        "content-language", "content-disposition", "content-security-policy", "access-control-allow-origin", "access-control-allow-methods",
        "access-control-allow-headers", "allow", "retry-after", "x-content-type-options", "x-powered-by").GetAlternateLookup<ReadOnlySpan<char>>();

    /// <summary>Validates the whole frame, then applies it.</summary>
    /// <param name="frame"><c>name LF value LF</c>, names in lower case.</param>
    /// <param name="headers">The response's headers.</param>
    /// <param name="contentLength">The value of <c>content-length</c>, which is not applied: the server knows better, except for HEAD.</param>
    /// <exception cref="InvalidResponseException">A name or value cannot be sent.</exception>
    public static void Apply(string frame, IHeaderDictionary headers, out long? contentLength)
    {
        contentLength = null;
        Validate(frame);
        var connection = StringValues.Empty;
        for (var rest = frame.AsSpan(); Next(ref rest, out var name, out var value);)
        {
            if (name is "connection")
            {
                connection = StringValues.Concat(connection, value.ToString());
            }
        }

        for (var rest = frame.AsSpan(); Next(ref rest, out var name, out var value);)
        {
            if (name is "content-length")
            {
                contentLength = long.TryParse(value, System.Globalization.NumberStyles.None, null, out var length) ? length : null;
            }
            else if (!HopByHop.Contains(name) && (connection.Count == 0 || !HopByHop.IsNamedBy(connection, name)))
            {
                Append(headers, Common.TryGetValue(name, out var known) ? known : name.ToString(), value.ToString());
            }
        }
    }

    private static void Append(IHeaderDictionary headers, string name, string value)
    {
        try
        {
            // Functions own what they set; only what they themselves repeat adds up, and that is Set-Cookie alone.
            headers[name] = name is "set-cookie" ? StringValues.Concat(headers[name], value) : value;
        }
        catch (InvalidOperationException exception)
        {
            throw new InvalidResponseException(
                $"The value of the header '{name}' cannot be sent: {exception.Message} Encode it, or set Kestrel's ResponseHeaderEncodingSelector to Encoding.Latin1.", exception);
        }
    }

    private static void Validate(ReadOnlySpan<char> frame)
    {
        if (!frame.IsEmpty && frame[^1] != '\n')
        {
            throw new InvalidResponseException("The headers are incomplete.");
        }

        while (Next(ref frame, out var name, out var value))
        {
            if (name.IsEmpty || name.ContainsAnyExcept(Token))
            {
                throw new InvalidResponseException($"'{Shown(name)}' is no name for a header. Names are letters, digits and '-'.");
            }

            if (value.ContainsAny(Forbidden))
            {
                throw new InvalidResponseException($"The value of the header '{name}' holds a control character such as a line break, which would forge another header. Encode it.");
            }
        }
    }

    private static bool Next(ref ReadOnlySpan<char> rest, out ReadOnlySpan<char> name, out ReadOnlySpan<char> value)
    {
        name = value = default;
        if (rest.IsEmpty)
        {
            return false;
        }

        var end = rest.IndexOf('\n');
        name = rest[..end];
        rest = rest[(end + 1)..];
        end = rest.IndexOf('\n');
        if (end < 0)
        {
            throw new InvalidResponseException($"The header '{Shown(name)}' has no value.");
        }

        value = rest[..end];
        rest = rest[(end + 1)..];
        return true;
    }

    private static string Shown(ReadOnlySpan<char> name) => new(name.Length > 64 ? name[..64] : name);
}
