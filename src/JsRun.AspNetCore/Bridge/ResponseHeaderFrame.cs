using System.Buffers;
using System.Collections.Frozen;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;

namespace JsRun.AspNetCore.Bridge;

/// <summary>Gives a function's headers to the server. Whatever the script did, none of them can break out of its line.</summary>
internal static class ResponseHeaderFrame
{
    private const string SetCookie = "set-cookie";
    private const string TokenChars = "!#$%&'*+-.^_`|~0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

    private static readonly SearchValues<char> Token = SearchValues.Create(TokenChars);
    private static readonly SearchValues<char> Forbidden = SearchValues.Create([.. Enumerable.Range(0, 32).Where(c => c != '\t').Select(c => (char)c), '\x7f']);

    /// <summary>Names that need no new string.</summary>
    private static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> Common = FrozenSet.Create(
        StringComparer.Ordinal,
        "content-type", "cache-control", "location", "etag", "last-modified", "vary", "expires", "date", "content-encoding",
        "content-language", "content-disposition", "content-security-policy", "access-control-allow-origin", "access-control-allow-methods",
        "access-control-allow-headers", "allow", "retry-after", "x-content-type-options", "x-powered-by").GetAlternateLookup<ReadOnlySpan<char>>();

    /// <summary>Checks the whole frame, then applies it: two walks, in linear time, because a function may set any number of cookies.</summary>
    /// <param name="frame"><c>name LF value LF</c>, names in lower case.</param>
    /// <param name="headers">The response's headers.</param>
    /// <param name="contentLength">The value of <c>content-length</c>, which is not applied: it depends on the body whether it holds.</param>
    /// <exception cref="InvalidResponseException">A name or value cannot be sent.</exception>
    public static void Apply(string frame, IHeaderDictionary headers, out long? contentLength)
    {
        Check(frame, out contentLength, out var named, out var cookies);
        var connection = new HopByHop(named?.ToArray());
        for (var rest = frame.AsSpan(); Next(ref rest, out var name, out var value);)
        {
            if (name is not ("content-length" or SetCookie) && !connection.Contains(name))
            {
                Set(headers, Common.TryGetValue(name, out var known) ? known : name.ToString(), value.ToString());
            }
        }

        if (cookies is not null && !connection.Contains(SetCookie))
        {
            // Functions own what they set; only what they themselves repeat adds up, and that is Set-Cookie alone.
            Set(headers, SetCookie, StringValues.Concat(headers[SetCookie], cookies.ToArray()));
        }
    }

    private static void Set(IHeaderDictionary headers, string name, StringValues value)
    {
        try
        {
            headers[name] = value;
        }
        catch (InvalidOperationException exception)
        {
            throw new InvalidResponseException(
                $"The value of the header '{name}' cannot be sent: {exception.Message} Encode it, or have Kestrel's ResponseHeaderEncodingSelector return Encoding.Latin1 for it, as it does unless the application sets it.", exception);
        }
    }

    // Nothing is applied before all of it is sound, and before it is known what "connection" names.
    private static void Check(ReadOnlySpan<char> frame, out long? contentLength, out List<string>? connection, out List<string>? cookies)
    {
        contentLength = null;
        connection = cookies = null;
        if (!frame.IsEmpty && frame[^1] != '\n')
        {
            throw new InvalidResponseException("The headers are incomplete.");
        }

        while (Next(ref frame, out var name, out var value))
        {
            if (name.IsEmpty || name.ContainsAnyExcept(Token))
            {
                throw new InvalidResponseException($"'{Shown(name)}' is not a valid header name: use letters, digits and '-'.");
            }

            if (value.ContainsAny(Forbidden))
            {
                throw new InvalidResponseException($"The value of the header '{name}' holds a control character such as a line break, which would forge another header. Encode it.");
            }

            switch (name)
            {
                case "content-length":
                    contentLength = long.TryParse(value, System.Globalization.NumberStyles.None, null, out var length) ? length : null;
                    break;
                case "connection":
                    (connection ??= []).Add(value.ToString());
                    break;
                case SetCookie:
                    (cookies ??= []).Add(value.ToString());
                    break;
            }
        }
    }

    /// <summary>Takes the next header off the rest of a frame.</summary>
    public static bool Next(ref ReadOnlySpan<char> rest, out ReadOnlySpan<char> name, out ReadOnlySpan<char> value)
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
