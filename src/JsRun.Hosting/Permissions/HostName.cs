using System.Buffers;

namespace JsRun.Permissions;

/// <summary>Brings the names of hosts into the one form in which they are compared: lower case, punycode, no final dot, IPv6 without brackets.</summary>
internal static class HostName
{
    private static readonly SearchValues<char> NotOfHosts = SearchValues.Create("/?#@*\\% \t\r\n");

    public static string Of(Uri uri) => Trim(uri.IdnHost);

    /// <summary>Gives the host's form, or <see langword="null"/> if the text is not a host.</summary>
    public static string? Normalize(string host)
    {
        if (host.Length == 0 || host.AsSpan().ContainsAny(NotOfHosts))
        {
            return null;
        }

        return Uri.TryCreate($"http://{host}/", UriKind.Absolute, out var uri) && uri.HostNameType != UriHostNameType.Unknown && uri.UserInfo.Length == 0 && uri.IsDefaultPort
            ? Of(uri)
            : null;
    }

    public static bool IsLocalhost(string host) => host == "localhost" || host.EndsWith(".localhost", StringComparison.Ordinal);

    private static string Trim(string host)
    {
        var zone = host.IndexOf('%', StringComparison.Ordinal);
        return (zone < 0 ? host : host[..zone]).Trim('[', ']').TrimEnd('.').ToLowerInvariant();
    }
}
