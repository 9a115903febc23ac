namespace JsRun.Streams;

/// <summary>A stream of JavaScript, of chunks of bytes, as a <see cref="Stream"/>.</summary>
internal sealed class ScriptByteStream(JsStream stream) : Stream
{
    private const string Asynchronous = "A stream of JavaScript is read asynchronously: a synchronous read would block a thread while a script runs. Use ReadAsync or CopyToAsync.";

    private IAsyncEnumerator<object?>? _chunks;
    private CancellationTokenRegistration _cancellation;
    private ReadOnlyMemory<byte> _rest;

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
        cancellationToken.ThrowIfCancellationRequested();
        // Zero bytes would look like the end; a chunk of none is passed over.
        while (_rest.IsEmpty)
        {
            _chunks ??= stream.GetAsyncEnumerator(CancellationToken.None);
            _cancellation = cancellationToken.UnsafeRegister(static state => ((JsStream)state!).Cancel(null), stream);
            try
            {
                if (!await _chunks.MoveNextAsync().ConfigureAwait(false))
                {
                    cancellationToken.ThrowIfCancellationRequested();
                    return 0;
                }
            }
            finally
            {
                await _cancellation.DisposeAsync().ConfigureAwait(false);
            }

            _rest = _chunks.Current as byte[] ?? throw new JsConversionException(
                $"A chunk of the stream is a {_chunks.Current?.GetType().Name ?? "null"} and not bytes: enqueue Uint8Arrays, or pipe the stream through a TextEncoderStream.");
        }

        var count = Math.Min(_rest.Length, buffer.Length);
        _rest[..count].CopyTo(buffer);
        _rest = _rest[count..];
        return count;
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) => ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException(Asynchronous);

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override ValueTask DisposeAsync()
    {
        stream.Cancel(null);
        return base.DisposeAsync();
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            stream.Cancel(null);
        }

        base.Dispose(disposing);
    }
}
