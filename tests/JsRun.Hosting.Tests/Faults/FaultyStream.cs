namespace JsRun.Hosting.Tests.Faults;

/// <summary>A stream that gives one byte, then throws; and cannot be closed.</summary>
internal sealed class FaultyStream(Func<Exception> fault) : Stream
{
    private bool _read;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw fault();

    public override long Position { get => throw fault(); set => throw fault(); }

    public override int Read(byte[] buffer, int offset, int count) => throw fault();

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        await Task.Yield();
        if (_read)
        {
            throw fault();
        }

        _read = true;
        buffer.Span[0] = (byte)'a';
        return 1;
    }

    public override void Flush() => throw fault();

    public override long Seek(long offset, SeekOrigin origin) => throw fault();

    public override void SetLength(long value) => throw fault();

    public override void Write(byte[] buffer, int offset, int count) => throw fault();

    protected override void Dispose(bool disposing)
    {
        base.Dispose(disposing);
        if (disposing)
        {
            throw fault();
        }
    }
}
