namespace JsRun.Engine.Web;

/// <summary>What JavaScript asks of a broadcast channel. Mirrors <c>JavaScript/src/kernel/ops.ts</c>.</summary>
internal enum BroadcastStep
{
    Open = 0,
    Post = 1,
    Close = 2,
}
