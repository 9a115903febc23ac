using System.Globalization;

namespace JsRun.Permissions;

/// <summary><c>net:HOST[:PORT]</c>. The host is a name, an address (IPv6 in brackets), <c>*.DOMAIN</c> for all below a domain, or <c>*</c>.</summary>
internal sealed record NetPermission(string Host, int? Port) : Permission
{
    /// <summary>Gets whether it names one host. Only such a permission grants hosts inside the network, see <see cref="PermissionSet"/>.</summary>
    public bool IsExact => !Host.StartsWith('*');

    public bool Allows(string host, int port) => (Port is null || Port == port) && Host switch
    {
        "*" => true,
        ['*', .. var suffix] => host.Length > suffix.Length && host.EndsWith(suffix, StringComparison.Ordinal),
        _ => string.Equals(host, Host, StringComparison.Ordinal),
    };

    public static NetPermission? Parse(string text, out string? error)
    {
        error = null;
        int? port = null;
        var host = text;
        var end = text.StartsWith('[') ? text.IndexOf(']', StringComparison.Ordinal) + 1 : text.LastIndexOf(':');
        if (end > 0 && end < text.Length && text[end] == ':')
        {
            if (!ushort.TryParse(text.AsSpan(end + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var number) || number == 0)
            {
                error = text.Contains("://", StringComparison.Ordinal) ? NoUrl : $"'{text[(end + 1)..]}' is not a port: use 1 to 65535. {IPv6}";
                return null;
            }

            port = number;
            host = text[..end];
        }

        if (HostName.Normalize(host.StartsWith("*.", StringComparison.Ordinal) ? host[2..] : host) is { } name || host == "*")
        {
            return new(host == "*" ? "*" : host.StartsWith('*') ? "*." + HostName.Normalize(host[2..]) : HostName.Normalize(host)!, port);
        }

        error = host.AsSpan().IndexOfAny('/', '?', '#') >= 0 ? NoUrl : $"'{host}' is not a host: use a name, an address, '*.DOMAIN' or '*'. {IPv6}";
        return null;
    }

    public override string ToString() => Port is null ? $"net:{Host}" : string.Create(CultureInfo.InvariantCulture, $"net:{Host}:{Port}");

    private const string NoUrl = "give the host without scheme and path, such as net:api.example.com.";
    private const string IPv6 = "IPv6 addresses stand in brackets.";
}
