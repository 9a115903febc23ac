using System.Collections.Concurrent;
using System.Net.WebSockets;
using JsRun.WebApi.Fetch;

namespace JsRun.WebApi.WebSockets;

/// <summary>
/// Opens sockets for scripts: over connections that are checked as those of <c>fetch</c> are, by the host's name and by the address behind it. Redirects are not followed.
/// Thread-safe.
/// </summary>
internal sealed class WebSocketService(HostResolver resolver) : IWebSocketService, IDisposable
{
    private static readonly TimeSpan KeepAlive = TimeSpan.FromSeconds(30);

    private readonly ConcurrentDictionary<string, HttpMessageInvoker> _invokers = new(StringComparer.Ordinal);

    /// <inheritdoc/>
    public async Task<WebSocket> ConnectAsync(WebSocketRequest request, FetchCaller caller, CancellationToken cancellationToken)
    {
        var http = new UriBuilder(request.Url) { Scheme = request.Url.Scheme == Uri.UriSchemeWss ? Uri.UriSchemeHttps : Uri.UriSchemeHttp, Port = request.Url.Port }.Uri;
        FetchPermission.Demand(caller.Permissions, http);
        var socket = new ClientWebSocket();
        try
        {
            socket.Options.KeepAliveInterval = KeepAlive;
            socket.Options.SetRequestHeader("User-Agent", "JsRun");
            socket.Options.SetRequestHeader(FetchLoop.Header, FetchLoop.Add(request.Loop));
            foreach (var protocol in request.Protocols)
            {
                socket.Options.AddSubProtocol(protocol);
            }

            await socket.ConnectAsync(request.Url, _invokers.GetOrAdd(caller.ConnectionKey, Invoker, caller), cancellationToken).ConfigureAwait(false);
            return socket;
        }
        catch (Exception e)
        {
            socket.Dispose();
            if (e is OperationCanceledException && cancellationToken.IsCancellationRequested)
            {
                throw;
            }

            throw FetchFailure.Explain(e, request.Url.Authority);
        }
    }

    public void Dispose()
    {
        foreach (var invoker in _invokers.Values)
        {
            invoker.Dispose();
        }
    }

    private HttpMessageInvoker Invoker(string key, FetchCaller caller) => new(new SocketsHttpHandler
    {
        AllowAutoRedirect = false,
        UseCookies = false,
        UseProxy = false,
        ConnectCallback = new FetchConnector(caller, resolver).ConnectAsync,
    });
}
