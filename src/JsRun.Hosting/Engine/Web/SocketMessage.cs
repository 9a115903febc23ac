using System.Net.WebSockets;

namespace JsRun.Engine.Web;

/// <summary>A message that waits to be sent; one of type <see cref="WebSocketMessageType.Close"/> ends the socket's output.</summary>
internal readonly record struct SocketMessage(WebSocketMessageType Type, ReadOnlyMemory<byte> Bytes, int Code = 0, string Reason = "");
