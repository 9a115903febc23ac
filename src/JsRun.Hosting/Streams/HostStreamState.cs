namespace JsRun.Streams;

/// <summary>What JavaScript is told of a stream of the host's. Mirrors <c>JavaScript/src/kernel/ops.ts</c>.</summary>
internal enum HostStreamState
{
    Item = 0,
    End = 1,
    Failed = 2,
    Closed = 3,
    BytesEnded = 4,
}
