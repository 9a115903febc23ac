using JsRun.Scheduling;

namespace JsRun.Streams;

/// <summary>The JavaScript side of sources and sinks. All but <see cref="Post"/> are called on the isolate's thread.</summary>
internal interface IByteStreamPeer
{
    /// <summary>Gets whether the context can still be entered.</summary>
    bool IsOpen { get; }

    void Post(IWorkItem item);

    /// <param name="source">What was pulled.</param>
    /// <param name="count">How many bytes there are now, 0 at the end, or <see cref="SourceState.Failed"/>.</param>
    /// <param name="error">What reading threw; <see langword="null"/> if it failed because what it belonged to has ended.</param>
    void SourceReady(ByteSource source, int count, Exception? error);

    void SinkReady(ByteSink sink, bool goOn);

    /// <summary>The sink holds bytes that are to be flushed when the turn ends.</summary>
    void FlushAtEndOfTurn(ByteSink sink);
}
