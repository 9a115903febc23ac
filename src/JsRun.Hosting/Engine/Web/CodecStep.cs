namespace JsRun.Engine.Web;

/// <summary>What JavaScript asks of a codec. Mirrors <c>JavaScript/src/kernel/ops.ts</c>.</summary>
internal enum CodecStep
{
    Start = 0,
    Write = 1,
    Read = 2,
    End = 3,
    Close = 4,
}
