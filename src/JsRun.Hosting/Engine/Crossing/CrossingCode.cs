using JsRun.Streams;

namespace JsRun.Engine.Crossing;

/// <summary>The numbers of the crossing that are not operations, the streams' own being <see cref="SourceState"/> and <see cref="SinkState"/>. Mirrors <c>JavaScript/src/kernel/ops.ts</c>.</summary>
internal static class CrossingCode
{
    public const int None = -1;
    public const int Failed = SourceState.Failed;
    public const int GoOn = SinkState.GoOn;
    public const int Refused = SinkState.Refused;

    public const int Undefined = 0;
    public const int ErrorResult = 7;
}
