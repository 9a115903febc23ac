using System.Net.WebSockets;
using JsRun.WebApi.Fetch;

namespace JsRun.WebApi.WebSockets;

/// <summary>Opens sockets for scripts. Thread-safe.</summary>
internal interface IWebSocketService
{
    /// <exception cref="JsPermissionException">No permission grants the host, or the address behind it.</exception>
    /// <exception cref="FetchException">There is no connection; the message is for the script.</exception>
    /// <exception cref="SubrequestLimitException">Too many subrequests.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    Task<WebSocket> ConnectAsync(WebSocketRequest request, FetchCaller caller, CancellationToken cancellationToken);
}
