using System.Net;
using System.Net.Sockets;

namespace JsRun.WebApi.Fetch;

/// <summary>Looks up a host, on a thread of its caller's lane, and connects to the first address that is permitted and answers. The address that was checked is the one connected to.</summary>
internal sealed class FetchConnector(FetchCaller caller, HostResolver resolver)
{
    public async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken cancellationToken)
    {
        var (host, port) = (context.DnsEndPoint.Host, context.DnsEndPoint.Port);
        var addresses = IPAddress.TryParse(host, out var literal) ? [literal] : await LookUpAsync(context.InitialRequestMessage, host, cancellationToken).ConfigureAwait(false);
        Exception? failure = null;
        foreach (var address in addresses)
        {
            if (!caller.Permissions.AllowsAddress(host, port, address))
            {
                failure ??= FetchPermission.Refused(caller.Permissions, host, address);
                continue;
            }

            try
            {
                return await ConnectAsync(new IPEndPoint(address, port), cancellationToken).ConfigureAwait(false);
            }
            catch (SocketException e)
            {
                failure = e;
            }
        }

        throw failure ?? new SocketException((int)SocketError.HostNotFound);
    }

    private Task<IPAddress[]> LookUpAsync(HttpRequestMessage request, string host, CancellationToken cancellationToken) =>
        (FetchPermission.Find(request) ?? caller).Lookups.RunOrLeaveAsync(() => resolver(host), cancellationToken);

    private static async Task<Stream> ConnectAsync(IPEndPoint endpoint, CancellationToken cancellationToken)
    {
        var socket = new Socket(endpoint.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(endpoint, cancellationToken).ConfigureAwait(false);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
