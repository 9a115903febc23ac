namespace JsRun.Benchmarks;

/// <summary>All of them. Two are the same: the difference between them is the noise.</summary>
internal static class Lanes
{
    private const string Hello = "export default { fetch: () => new Response('Hello World') };";

    public static Lane[] All { get; } =
    [
        new BareContextLane("empty context of ClearScript"),
        new FunctionLane("PerRequest hello, heap", JsIsolation.PerRequest, JsImageTier.Heap, Hello),
        new FunctionLane("PerRequest hello, heap (again)", JsIsolation.PerRequest, JsImageTier.Heap, Hello),
        new FunctionLane("PerRequest hello, replay", JsIsolation.PerRequest, JsImageTier.Replay, Hello),
        new FunctionLane("Shared hello, heap", JsIsolation.Shared, JsImageTier.Heap, Hello),
        new FunctionLane("PerRequest large, heap", JsIsolation.PerRequest, JsImageTier.Heap, LargeFunction.Source),
        new FunctionLane("PerRequest large, replay", JsIsolation.PerRequest, JsImageTier.Replay, LargeFunction.Source),
        new FunctionLane("Shared large, heap", JsIsolation.Shared, JsImageTier.Heap, LargeFunction.Source),
        new IsolateLane("new isolate, heap", JsImageTier.Heap),
        new IsolateLane("new isolate, replay", JsImageTier.Replay),
    ];
}
