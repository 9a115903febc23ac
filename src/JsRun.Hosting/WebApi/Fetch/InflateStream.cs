using System.IO.Compression;
using System.IO.Pipelines;

namespace JsRun.WebApi.Fetch;

/// <summary>Undoes the coding <c>deflate</c>: zlib's format by the standard, and without its frame from some servers. The first byte tells which.</summary>
internal sealed class InflateStream : Stream
{
    private const int ZlibMethod = 8;

    private readonly PipeReader _reader;
    private Stream? _inner;

    public InflateStream(Stream coded) => _reader = PipeReader.Create(coded);

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        _inner ??= await OpenAsync(cancellationToken).ConfigureAwait(false);
        return await _inner.ReadAsync(buffer, cancellationToken).ConfigureAwait(false);
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) => ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException("Bodies are read asynchronously.");

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override async ValueTask DisposeAsync()
    {
        if (_inner is not null)
        {
            await _inner.DisposeAsync().ConfigureAwait(false);
        }

        await _reader.CompleteAsync().ConfigureAwait(false);
        await base.DisposeAsync().ConfigureAwait(false);
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _inner?.Dispose();
            _reader.Complete();
        }

        base.Dispose(disposing);
    }

    private async ValueTask<Stream> OpenAsync(CancellationToken cancellationToken)
    {
        var start = await _reader.ReadAtLeastAsync(1, cancellationToken).ConfigureAwait(false);
        var isZlib = !start.Buffer.IsEmpty && (start.Buffer.FirstSpan[0] & 0xf) == ZlibMethod;
        _reader.AdvanceTo(start.Buffer.Start);
        var coded = _reader.AsStream(leaveOpen: true);
        return isZlib ? new ZLibStream(coded, CompressionMode.Decompress) : new DeflateStream(coded, CompressionMode.Decompress);
    }
}
