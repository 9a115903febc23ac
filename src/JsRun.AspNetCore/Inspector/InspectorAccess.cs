using System.Net;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;

namespace JsRun.AspNetCore.Inspector;

/// <summary>Decides who may debug: whoever knows the token, and is neither a web page nor led here by a name that somebody else controls.</summary>
internal sealed class InspectorAccess(string token, IReadOnlyList<string> hosts)
{
    private const string DevTools = "devtools://devtools";
    private readonly byte[] _token = Encoding.UTF8.GetBytes(token);

    /// <summary>Returns whether the request may be answered. For all others the endpoint does not exist.</summary>
    public bool Allows(HttpRequest request, string given) =>
        CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(given), _token) && IsOwnHost(request.Host) && IsOwnOrigin(request);

    // A page at a name whose address its owner changes to ours has that name as its host.
    private bool IsOwnHost(HostString host) => host.Host is { Length: > 0 } name
        && (IPAddress.TryParse(name.Trim('[', ']'), out _) || name.Equals("localhost", StringComparison.OrdinalIgnoreCase) || hosts.Contains(name, StringComparer.OrdinalIgnoreCase));

    private static bool IsOwnOrigin(HttpRequest request)
    {
        var origins = request.Headers.Origin;
        return origins.Count == 0
            || (origins is [{ } origin] && (origin == DevTools || origin.Equals($"{request.Scheme}://{request.Host}", StringComparison.OrdinalIgnoreCase)));
    }
}
