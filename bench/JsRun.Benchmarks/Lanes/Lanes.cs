namespace JsRun.Benchmarks;

/// <summary>All of them. Two are the same: the difference between them is the noise.</summary>
internal static class Lanes
{
    private const string Hello = "export default { fetch: () => new Response('Hello World') };";

    private const string Trivial = "1";
    private const string Url = "new URL('http://a/b').pathname.length";

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
        new FunctionLane("PerRequest React twice, heap", JsIsolation.PerRequest, JsImageTier.Heap, static () => ReactFunction.Source(2)),
        new FunctionLane("PerRequest React three times, heap", JsIsolation.PerRequest, JsImageTier.Heap, static () => ReactFunction.Source(3)),
        new FunctionLane("Shared React, heap", JsIsolation.Shared, JsImageTier.Heap, ReactFunction.Source),
        new FunctionLane("PerRequest large, heap", JsIsolation.PerRequest, JsImageTier.Heap, static () => LargeFunction.Source),
        new FunctionLane("PerRequest large, replay", JsIsolation.PerRequest, JsImageTier.Replay, static () => LargeFunction.Source),
        new FunctionLane("Shared large, heap", JsIsolation.Shared, JsImageTier.Heap, static () => LargeFunction.Source),
        new BareIsolateLane("new isolate of ClearScript, empty"),
        new IsolateLane("new isolate, heap", JsImageTier.Heap, Trivial),
        new IsolateLane("new isolate and a URL, heap", JsImageTier.Heap, Url),
        new IsolateLane("new isolate, replay", JsImageTier.Replay, Trivial),
        new IsolateLane("new isolate and a URL, replay", JsImageTier.Replay, Url),
    ];
}
