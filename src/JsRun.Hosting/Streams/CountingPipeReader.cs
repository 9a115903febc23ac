using System.Buffers;
using System.IO.Pipelines;
using JsRun.Diagnostics;

namespace JsRun.Streams;

/// <summary>Counts the bytes that are taken from a pipe.</summary>
internal sealed class CountingPipeReader(PipeReader inner, StreamCounters counters) : PipeReader
{
    private ReadOnlySequence<byte> _read;

    public override void AdvanceTo(SequencePosition consumed) => AdvanceTo(consumed, consumed);

    public override void AdvanceTo(SequencePosition consumed, SequencePosition examined)
    {
        counters.Moved(_read.Slice(0, consumed).Length);
        _read = default;
        inner.AdvanceTo(consumed, examined);
    }

    public override void CancelPendingRead() => inner.CancelPendingRead();

    public override void Complete(Exception? exception = null) => inner.Complete(exception);

    public override async ValueTask<ReadResult> ReadAsync(CancellationToken cancellationToken = default)
    {
        var result = await inner.ReadAsync(cancellationToken).ConfigureAwait(false);
        _read = result.Buffer;
        return result;
    }

    public override bool TryRead(out ReadResult result)
    {
        var read = inner.TryRead(out result);
        _read = result.Buffer;
        return read;
    }
}
