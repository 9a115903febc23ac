using System.Net;
using JsRun.Permissions;

namespace JsRun.WebApi.Fetch;

/// <summary>Carries on whose behalf a request is sent to its connection, and says no in one voice.</summary>
internal static class FetchPermission
{
    public static readonly HttpRequestOptionsKey<FetchCaller> Key = new("JsRun.Caller");

    public static FetchCaller? Find(HttpRequestMessage request) => request.Options.TryGetValue(Key, out var caller) ? caller : null;

    public static void Demand(PermissionSet permissions, Uri url)
    {
        if (!permissions.AllowsNet(url))
        {
            var host = HostName.Of(url);
            throw new JsPermissionException($"No permission grants fetch of {url.Authority}: add 'net:{Bracketed(host)}' to {permissions.Source} (a wildcard does not grant localhost and addresses inside the network).") { Permission = $"net:{Bracketed(host)}" };
        }
    }

    public static JsPermissionException Refused(PermissionSet permissions, string host, IPAddress address) => new(
        $"No permission grants a connection to {host}, because its address {address} is inside the network: name the host or the address in {permissions.Source}, such as 'net:{Bracketed(address.ToString())}'.")
    { Permission = $"net:{Bracketed(address.ToString())}" };

    private static string Bracketed(string host) => host.Contains(':', StringComparison.Ordinal) ? $"[{host}]" : host;
}
