using System.Collections.Frozen;
using Microsoft.Extensions.Primitives;

namespace JsRun.Bridge;

/// <summary>Headers that concern one connection and not the message (RFC 9110, 7.6.1).</summary>
internal static class HopByHop
{
    private static readonly FrozenSet<string> Names = FrozenSet.Create(
        StringComparer.OrdinalIgnoreCase,
        "connection", "keep-alive", "proxy-connection", "proxy-authenticate", "proxy-authorization", "te", "trailer", "transfer-encoding", "upgrade", "http2-settings");

    private static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> Lookup = Names.GetAlternateLookup<ReadOnlySpan<char>>();

    public static bool Contains(ReadOnlySpan<char> name) => Lookup.Contains(name);

    /// <summary>Whether a <c>Connection</c> header names the header as one of its own. What a message cannot do without is never taken away so.</summary>
    public static bool IsNamedBy(StringValues connection, ReadOnlySpan<char> name)
    {
        foreach (var value in connection)
        {
            foreach (var part in value.AsSpan().Split(','))
            {
                if (value.AsSpan()[part].Trim().Equals(name, StringComparison.OrdinalIgnoreCase))
                {
                    return !name.Equals("host", StringComparison.OrdinalIgnoreCase);
                }
            }
        }

        return false;
    }
}
