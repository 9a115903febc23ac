namespace JsRun.Engine.Web;

/// <summary>What JavaScript asks of the caches. Mirrors <c>JavaScript/src/kernel/ops.ts</c>.</summary>
internal enum CacheStep
{
    Names = 0,
    Has = 1,
    Open = 2,
    Delete = 3,
    Match = 4,
    Put = 5,
    Remove = 6,
    Read = 7,
}
