namespace JsRun.Streams;

/// <summary>What a write to a sink answers. The numbers are those of the crossing.</summary>
internal static class SinkState
{
    public const int GoOn = 1;
    public const int Wait = 0;
    public const int Refused = -1;
}
