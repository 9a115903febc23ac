using System.Net;

namespace JsRun.Permissions;

/// <summary>
/// The permissions of a group. A host inside the network is granted by its name alone, never by a wildcard: a private address by a permission that names the host,
/// loopback by one that names <c>localhost</c> or the address, link-local and the other special addresses only by one that names the address itself.
/// So a name whose DNS entry points elsewhere tomorrow (rebinding) never opens this machine.
/// </summary>
internal sealed class PermissionSet
{
    private const string JsRunKey = "JsRun:Permissions";

    private readonly NetPermission[] _net;
    private readonly EnvPermission[] _env;
    private readonly OpPermission[] _ops;

    private PermissionSet(IReadOnlyList<Permission> permissions, string source)
    {
        Source = source;
        _net = [.. permissions.OfType<NetPermission>()];
        _env = [.. permissions.OfType<EnvPermission>()];
        _ops = [.. permissions.OfType<OpPermission>()];
        NetKey = string.Join(' ', _net.Select(p => p.ToString()).Order(StringComparer.Ordinal));
    }

    /// <summary>No I/O.</summary>
    public static PermissionSet None { get; } = new([], JsRunKey);

    /// <summary>The same for sets that grant the same hosts: connections are shared within it and never beyond.</summary>
    public string NetKey { get; }

    /// <summary>The place at which more is granted: a key of the configuration, or a property.</summary>
    public string Source { get; }

    /// <param name="permissions">The entries.</param>
    /// <param name="source">Where they stand, for messages.</param>
    /// <exception cref="FormatException">An entry is not a permission; the message says which and why.</exception>
    public static PermissionSet Parse(IEnumerable<string> permissions, string source = JsRunKey) => new([.. permissions.Select(text =>
        Permission.TryParse(text, out var permission, out var error) ? permission : throw new FormatException($"The permission '{text}' is not valid: {error}"))], source);

    /// <summary>Gets whether any variable of the environment is granted.</summary>
    public bool HasEnv => _env.Length > 0;

    public bool AllowsEnv(string name) => Array.Exists(_env, p => p.Allows(name));

    public bool AllowsOp(string name) => Array.Exists(_ops, p => p.Allows(name));

    /// <summary>Whether the URL may be asked for at all. The address behind a name is checked when it is connected to: <see cref="AllowsAddress"/>.</summary>
    public bool AllowsNet(Uri url)
    {
        if (url.Scheme != Uri.UriSchemeHttp && url.Scheme != Uri.UriSchemeHttps)
        {
            return false;
        }

        var host = HostName.Of(url);
        if (IPAddress.TryParse(host, out var address))
        {
            return AllowsAddress(host, url.Port, address) && Matches(host, url.Port);
        }

        return HostName.IsLocalhost(host) ? Names(host, url.Port) : Matches(host, url.Port);
    }

    /// <summary>Returns whether a connection to the address may be made for a URL with this host and port.</summary>
    public bool AllowsAddress(string host, int port, IPAddress address)
    {
        host = HostName.Normalize(host.Contains(':', StringComparison.Ordinal) && !host.StartsWith('[') ? $"[{host}]" : host) ?? host;
        return AddressKinds.Of(address) switch
        {
            AddressKind.Public => Matches(host, port),
            AddressKind.Private => Names(host, port) || NamesAddress(address, port),
            AddressKind.Loopback => (HostName.IsLocalhost(host) && Names(host, port)) || NamesAddress(address, port),
            _ => NamesAddress(address, port),
        };
    }

    private bool Matches(string host, int port) => Array.Exists(_net, p => p.Allows(host, port));

    private bool Names(string host, int port) => Array.Exists(_net, p => p.IsExact && p.Allows(host, port));

    private bool NamesAddress(IPAddress address, int port) =>
        Array.Exists(_net, p => p.IsExact && (p.Port is null || p.Port == port) && IPAddress.TryParse(p.Host, out var named) && named.Equals(address));
}
