namespace JsRun.Options;

/// <summary>Defaults that depend on the memory and the processors that the process may use.</summary>
/// <param name="memory">Bytes.</param>
/// <param name="processors">Their number.</param>
internal sealed class MemoryDefaults(long memory, int processors)
{
    /// <summary>The default of <see cref="JsRunLimitsOptions.MaxHeapBytes"/>.</summary>
    public const long MaxHeapBytes = 128L << 20;

    private const long MostArrayBufferBytes = 128L << 20;
    private const long LeastArrayBufferBytes = 16L << 20;
    private const int ArrayBufferShare = 32;

    // One that does not come back must not be all there is.
    private const int LeastIsolates = 2;

    /// <summary>Of this process. In a container .NET takes three quarters of its memory for all that there is.</summary>
    public static MemoryDefaults OfProcess { get; } = new(GC.GetGCMemoryInfo().TotalAvailableMemoryBytes, Environment.ProcessorCount);

    /// <summary>What the process may use.</summary>
    public long Memory { get; } = memory;

    public long MaxArrayBufferBytes { get; } = Math.Clamp((memory / ArrayBufferShare) & ~((1L << 20) - 1), LeastArrayBufferBytes, MostArrayBufferBytes);

    public int MaxIsolates { get; } = (int)Math.Clamp(
        memory / 4 * 3 / (MaxHeapBytes + Math.Clamp(memory / ArrayBufferShare, LeastArrayBufferBytes, MostArrayBufferBytes)),
        LeastIsolates,
        Math.Max(4, 2 * processors));
}
