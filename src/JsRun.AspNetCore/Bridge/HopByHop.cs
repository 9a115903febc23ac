using System.Collections.Frozen;
using Microsoft.Extensions.Primitives;

namespace JsRun.AspNetCore.Bridge;

/// <summary>Headers that concern one connection and not the message (RFC 9110, 7.6.1): those that always do, and those that the message's <c>Connection</c> header names.</summary>
internal readonly struct HopByHop
{
    private static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> Always = FrozenSet.Create(
        StringComparer.OrdinalIgnoreCase,
        "connection", "keep-alive", "proxy-connection", "proxy-authenticate", "proxy-authorization", "te", "trailer", "transfer-encoding", "upgrade", "http2-settings")
        .GetAlternateLookup<ReadOnlySpan<char>>();

    private readonly HashSet<string>? _named;

    /// <param name="connection">The values of <c>Connection</c>.</param>
    public HopByHop(StringValues connection)
    {
        // The usual value names no header: nothing to look for.
        if (connection.Count == 0 || connection is ["keep-alive" or "close"])
        {
            return;
        }

        // A set: both sides may be as long as a peer likes.
        _named = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        foreach (var value in connection)
        {
            foreach (var part in value.AsSpan().Split(','))
            {
                _named.Add(value.AsSpan()[part].Trim().ToString());
            }
        }

        // What a message cannot do without is never taken away so.
        _named.Remove("host");
    }

    public bool Contains(ReadOnlySpan<char> name) => Always.Contains(name) || _named?.GetAlternateLookup<ReadOnlySpan<char>>().Contains(name) == true;
}
