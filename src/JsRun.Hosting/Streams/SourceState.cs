namespace JsRun.Streams;

/// <summary>What a pull answers where it is not a number of bytes. The numbers are those of the crossing.</summary>
internal static class SourceState
{
    public const int Pending = -1;
    public const int Failed = -2;
}
