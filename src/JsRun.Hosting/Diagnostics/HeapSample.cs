namespace JsRun.Diagnostics;

/// <summary>V8's heap at one moment, in bytes.</summary>
internal sealed record HeapSample(long Total, long Used, long External, long Physical)
{
    public static HeapSample None { get; } = new(0, 0, 0, 0);
}
