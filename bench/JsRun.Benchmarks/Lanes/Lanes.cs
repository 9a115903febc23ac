namespace JsRun.Benchmarks;

/// <summary>All of them. Two are the same: the difference between them is the noise.</summary>
internal static class Lanes
{
    private const string Hello = "export default { fetch: () => new Response('Hello World') };";

    private static readonly TimeSpan Apart = TimeSpan.FromMilliseconds(5);

    public static Lane[] All { get; } =
    [
        new BareContextLane("empty context of ClearScript"),
        new FunctionLane("PerRequest hello, heap", JsIsolation.PerRequest, JsImageTier.Heap, static () => Hello),
        new FunctionLane("PerRequest hello, heap (again)", JsIsolation.PerRequest, JsImageTier.Heap, static () => Hello),
        new FunctionLane("PerRequest hello, heap, 5 ms apart", JsIsolation.PerRequest, JsImageTier.Heap, static () => Hello, Apart),
        new FunctionLane("Shared hello, heap, 5 ms apart", JsIsolation.Shared, JsImageTier.Heap, static () => Hello, Apart),
        new FunctionLane("PerRequest hello, replay", JsIsolation.PerRequest, JsImageTier.Replay, static () => Hello),
        new FunctionLane("Shared hello, heap", JsIsolation.Shared, JsImageTier.Heap, static () => Hello),
        new FunctionLane("PerRequest React, heap", JsIsolation.PerRequest, JsImageTier.Heap, ReactFunction.Source),
        new FunctionLane("Shared React, heap", JsIsolation.Shared, JsImageTier.Heap, ReactFunction.Source),
        new FunctionLane("PerRequest large, heap", JsIsolation.PerRequest, JsImageTier.Heap, static () => LargeFunction.Source),
        new FunctionLane("PerRequest large, replay", JsIsolation.PerRequest, JsImageTier.Replay, static () => LargeFunction.Source),
        new FunctionLane("Shared large, heap", JsIsolation.Shared, JsImageTier.Heap, static () => LargeFunction.Source),
        new BareIsolateLane("new isolate of ClearScript, empty"),
        new IsolateLane("new isolate, heap", JsImageTier.Heap),
        new IsolateLane("new isolate, replay", JsImageTier.Replay),
    ];
}
