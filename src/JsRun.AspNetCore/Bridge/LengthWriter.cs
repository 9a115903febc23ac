using System.IO.Pipelines;

namespace JsRun.AspNetCore.Bridge;

/// <summary>Holds a stream to the <c>Content-Length</c> that its function announced: what goes beyond is not written, and looks to the stream as if the reader had gone.</summary>
internal sealed class LengthWriter(PipeWriter inner, long length) : PipeWriter
{
    private long _written;
    private bool _exceeded;

    /// <exception cref="InvalidResponseException">The stream gave more or less than was announced.</exception>
    public void Verify()
    {
        if (_exceeded || _written != length)
        {
            throw new InvalidResponseException($"The response's Content-Length is {length}, and its stream {(_exceeded ? "gave more" : $"ended after {_written} bytes")}. Leave the header out, or set the stream's true length.");
        }
    }

    public bool IsExceeded => _exceeded;

    public override bool CanGetUnflushedBytes => inner.CanGetUnflushedBytes;

    public override long UnflushedBytes => inner.UnflushedBytes;

    public override void Advance(int bytes)
    {
        if (_exceeded || bytes > length - _written)
        {
            _exceeded = true;
            return;
        }

        _written += bytes;
        inner.Advance(bytes);
    }

    public override Memory<byte> GetMemory(int sizeHint = 0) => inner.GetMemory(sizeHint);

    public override Span<byte> GetSpan(int sizeHint = 0) => inner.GetSpan(sizeHint);

    public override async ValueTask<FlushResult> FlushAsync(CancellationToken cancellationToken = default)
    {
        var result = await inner.FlushAsync(cancellationToken);
        return _exceeded ? new FlushResult(result.IsCanceled, isCompleted: true) : result;
    }

    public override void CancelPendingFlush() => inner.CancelPendingFlush();

    public override void Complete(Exception? exception = null) => inner.Complete(exception);
}
