namespace JsRun.Engine.Web;

/// <summary>What JavaScript asks of the caches. Mirrors <c>JavaScript/src/kernel/ops.ts</c>.</summary>
internal enum CacheStep
{
    Names = 0,
    Has = 1,
    Open = 2,
    Delete = 3,
    Find = 4,
    Take = 5,
    Read = 6,
    Put = 7,
    Remove = 8,
}
