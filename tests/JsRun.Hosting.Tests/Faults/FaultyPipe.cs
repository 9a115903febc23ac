using System.IO.Pipelines;

namespace JsRun.Hosting.Tests.Faults;

/// <summary>A pipe reader all of whose methods throw.</summary>
internal sealed class FaultyPipe(Func<Exception> fault) : PipeReader
{
    public override void AdvanceTo(SequencePosition consumed) => throw fault();

    public override void AdvanceTo(SequencePosition consumed, SequencePosition examined) => throw fault();

    public override void CancelPendingRead() => throw fault();

    public override void Complete(Exception? exception = null) => throw fault();

    public override ValueTask<ReadResult> ReadAsync(CancellationToken cancellationToken = default) => throw fault();

    public override bool TryRead(out ReadResult result) => throw fault();
}
