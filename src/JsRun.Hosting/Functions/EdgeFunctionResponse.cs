using System.IO.Pipelines;
using JsRun.Streams;

namespace JsRun.Functions;

/// <summary>
/// A function's answer. Write the body once with <see cref="WriteBodyAsync"/>, then dispose: the lease goes back when the body has ended and every
/// <c>waitUntil</c> promise has settled. Not thread-safe.
/// </summary>
internal abstract class EdgeFunctionResponse : IAsyncDisposable
{
    /// <summary>The status code, 200 to 599.</summary>
    public abstract int Status { get; }

    /// <summary>The script's own text for the status, unchecked; empty for the usual one.</summary>
    public virtual string StatusText => "";

    /// <summary>The headers, flat: <c>name LF value LF name LF value LF</c>, names in lower case; they hold no other line feed, carriage return or NUL. Values are byte strings: one character, U+0000 to U+00FF, for each byte. <c>set-cookie</c> may be repeated.</summary>
    public abstract string Headers { get; }

    /// <summary>What the body is.</summary>
    public abstract BodyKind BodyKind { get; }

    /// <summary>The body's length in bytes, where it is known whole: not for streams.</summary>
    public abstract long? ContentLength { get; }

    /// <summary>
    /// Writes the body. Text and bytes go straight into the writer; a stream is pumped with backpressure, flushed when no more data is ready at once. The writer is not completed.
    /// </summary>
    /// <param name="writer">Where to; used by the isolate's thread and by thread-pool threads, never at the same time.</param>
    /// <param name="cancellationToken">The reader has gone: <c>request.signal</c> aborts and the stream is cancelled.</param>
    /// <returns>A task that ends when all has been written and flushed.</returns>
    /// <exception cref="JavaScriptException">The stream errored midway: end the connection so that the reader sees an incomplete body.</exception>
    /// <exception cref="JsTimeoutException">The stream was silent for longer than <see cref="JsRunLimitsOptions.IdleTimeout"/>, or used up its CPU time.</exception>
    /// <exception cref="JsIsolateLostException">The isolate was lost while the body was under way.</exception>
    /// <exception cref="OperationCanceledException">The reader has gone.</exception>
    public abstract ValueTask WriteBodyAsync(PipeWriter writer, CancellationToken cancellationToken);

    /// <inheritdoc/>
    public abstract ValueTask DisposeAsync();
}
