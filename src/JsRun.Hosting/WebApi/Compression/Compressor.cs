using System.Buffers;

namespace JsRun.WebApi.Compression;

/// <summary>Compresses. The output of one piece of input waits here until it is read, so it is never more than that piece needs.</summary>
internal sealed class Compressor : Codec
{
    private readonly ArrayBufferWriter<byte> _output = new(1024);
    private readonly Stream _stream;
    private readonly byte[] _empty;
    private bool _written;
    private int _read;

    /// <param name="create">Makes the compressing stream over the output.</param>
    /// <param name="empty">What no input at all is compressed to: .NET's streams then write nothing, which no format takes for the whole of it.</param>
    public Compressor(Func<Stream, Stream> create, byte[] empty)
    {
        _stream = create(new CollectingStream(_output));
        _empty = empty;
    }

    public override void Write(ReadOnlySpan<byte> input)
    {
        _written |= !input.IsEmpty;
        _stream.Write(input);
    }

    public override void End()
    {
        _stream.Dispose();
        if (!_written)
        {
            _output.Write(_empty);
        }
    }

    public override int Read(Span<byte> output)
    {
        var left = _output.WrittenSpan[_read..];
        var count = Math.Min(left.Length, output.Length);
        left[..count].CopyTo(output);
        _read += count;
        if (count == left.Length)
        {
            _output.ResetWrittenCount();
            _read = 0;
        }

        return count;
    }

    public override void Dispose() => _stream.Dispose();
}
