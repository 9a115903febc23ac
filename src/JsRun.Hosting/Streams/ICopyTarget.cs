namespace JsRun.Streams;

/// <summary>A buffer of JavaScript's, valid for the duration of one call.</summary>
internal interface ICopyTarget
{
    long Length { get; }

    void Write(ReadOnlySpan<byte> bytes, long offset);
}
