namespace JsRun.Engine.Web;

/// <summary>What JavaScript is told of a WebSocket. Mirrors <c>JavaScript/src/kernel/ops.ts</c>.</summary>
internal enum SocketEvent
{
    Opened = 0,
    Text = 1,
    Bytes = 2,
    Sent = 3,
    Failed = 4,
    Closed = 5,
}
