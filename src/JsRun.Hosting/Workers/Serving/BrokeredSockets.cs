using System.Net.WebSockets;
using JsRun.WebApi.Fetch;
using JsRun.WebApi.WebSockets;
using Nerdbank.Streams;

namespace JsRun.Workers.Serving;

/// <summary>In a worker: has the host open the WebSockets of scripts. Thread-safe.</summary>
internal sealed class BrokeredSockets(WorkerUplink uplink) : IWebSocketService
{
    /// <inheritdoc/>
    public async Task<WebSocket> ConnectAsync(WebSocketRequest request, FetchCaller caller, CancellationToken cancellationToken)
    {
        var (own, theirs) = FullDuplexStream.CreatePipePair();
        try
        {
            var report = await uplink.Broker.OpenSocketAsync(new SocketOrder(request.Token, request.Url.AbsoluteUri, request.Protocols), theirs, cancellationToken).ConfigureAwait(false);
            return report.Error is { } error
                ? throw error.ToException()
                : WebSocket.CreateFromStream(own.AsStream(), isServer: false, report.Protocol is { Length: > 0 } protocol ? protocol : null, Timeout.InfiniteTimeSpan);
        }
        catch (Exception e)
        {
            await own.Input.CompleteAsync().ConfigureAwait(false);
            await own.Output.CompleteAsync().ConfigureAwait(false);
            throw e is StreamJsonRpc.RemoteRpcException or ObjectDisposedException or IOException ? new FetchException("The host did not answer.", e) : e;
        }
    }
}
