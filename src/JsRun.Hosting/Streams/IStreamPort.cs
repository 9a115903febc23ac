using JsRun.Scheduling;

namespace JsRun.Streams;

/// <summary>The JavaScript side of sources and sinks. All but <see cref="Post"/> are called on the isolate's thread.</summary>
internal interface IStreamPort
{
    /// <summary>Whether the context can still be entered.</summary>
    bool IsOpen { get; }

    void Post(IWorkItem item);

    void SourceReady(ByteSource source, int count, string? error);

    void SinkReady(ByteSink sink, bool goOn);

    /// <summary>The sink holds bytes that are to be flushed when the turn ends.</summary>
    void FlushAtEndOfTurn(ByteSink sink);
}
