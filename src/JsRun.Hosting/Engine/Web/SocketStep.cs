namespace JsRun.Engine.Web;

/// <summary>What JavaScript asks of a WebSocket. Mirrors <c>JavaScript/src/kernel/ops.ts</c>.</summary>
internal enum SocketStep
{
    Open = 0,
    SendText = 1,
    SendBytes = 2,
    Read = 3,
    Close = 4,
}
