namespace JsRun.WebApi.Compression;

/// <summary>
/// Input that is handed to a decompressing stream as it comes. A read that finds nothing says so with <see cref="Starved"/>: a decompressing stream that answers nothing
/// without having asked for input has reached its end.
/// </summary>
internal sealed class FeedStream : Stream
{
    private byte[] _buffer = [];
    private int _from;
    private int _to;

    /// <summary>Gets or sets whether the last read found nothing.</summary>
    public bool Starved { get; set; }

    /// <summary>The number of bytes that may be read now.</summary>
    public int Allowed { get; set; }

    public int Available => _to - _from;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    /// <summary>What there is.</summary>
    public ReadOnlySpan<byte> Peek() => _buffer.AsSpan(_from, Available);

    public void Skip(int count) => _from += count;

    public void Add(ReadOnlySpan<byte> input)
    {
        var rest = Available;
        if (rest + input.Length > _buffer.Length)
        {
            var larger = new byte[rest + input.Length];
            Peek().CopyTo(larger);
            _buffer = larger;
        }
        else
        {
            Peek().CopyTo(_buffer);
        }

        input.CopyTo(_buffer.AsSpan(rest));
        (_from, _to) = (0, rest + input.Length);
    }

    public override int Read(Span<byte> buffer)
    {
        var count = Math.Min(buffer.Length, Allowed);
        Starved = count == 0;
        _buffer.AsSpan(_from, count).CopyTo(buffer);
        _from += count;
        Allowed -= count;
        return count;
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override void Flush()
    {
    }

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();
}
