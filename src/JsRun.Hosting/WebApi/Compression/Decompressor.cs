namespace JsRun.WebApi.Compression;

/// <summary>
/// Decompresses over .NET's streams, which neither say where the compressed data ended in what they read nor that it was cut short. So all but the last bytes of the input
/// are fed at once and those one by one: where the end falls among the former, too much follows it, and among the latter its place is known.
/// </summary>
internal class Decompressor : Codec
{
    private const string Trailing = "The compressed data goes on after its end";
    private const string Truncated = "The compressed data ends too early";
    private const string Corrupt = "The compressed data is corrupt";

    private readonly Stream _stream;
    private readonly int _trailer;
    private Exception? _failure;
    private bool _finished;
    private bool _bulk;
    private bool _ended;

    /// <param name="create">Makes the decompressing stream over the input.</param>
    /// <param name="trailer">How many bytes belong to the format after the end of what that stream reads.</param>
    public Decompressor(Func<Stream, Stream> create, int trailer = 0)
    {
        _stream = create(Input);
        _trailer = trailer;
    }

    protected FeedStream Input { get; } = new();

    public override void Write(ReadOnlySpan<byte> input)
    {
        if (!input.IsEmpty)
        {
            Input.Add(input);
        }
    }

    public override void End() => _ended = true;

    public override int Read(Span<byte> output)
    {
        if (!ReadHeader(Input))
        {
            return _ended ? throw new InvalidDataException(Truncated) : 0;
        }

        // As much as there is room for: what is fed byte by byte must not come out in crumbs.
        var filled = 0;
        while (filled < output.Length && !_finished && _failure is null)
        {
            var count = Inflate(output[filled..]);
            filled += count;
            if (count == 0 && !_finished && !Feed())
            {
                break;
            }
        }

        if (filled > 0)
        {
            Observe(output[..filled]);
            return filled;
        }

        if (_failure is not null)
        {
            throw new InvalidDataException(Corrupt, _failure);
        }

        return _finished ? CheckEnd() : _ended ? throw new InvalidDataException(Truncated) : 0;
    }

    public override void Dispose() => _stream.Dispose();

    /// <returns>Whether what stands before the compressed data has been read whole.</returns>
    protected virtual bool ReadHeader(FeedStream input) => true;

    protected virtual void Observe(ReadOnlySpan<byte> output)
    {
    }

    protected virtual bool IsIntact(ReadOnlySpan<byte> trailer) => true;

    private int CheckEnd()
    {
        if (_bulk || Input.Available > _trailer)
        {
            throw new InvalidDataException(Trailing);
        }

        if (_ended)
        {
            if (Input.Available < _trailer)
            {
                throw new InvalidDataException(Truncated);
            }

            if (!IsIntact(Input.Peek()))
            {
                throw new InvalidDataException($"{Corrupt}: its checksum or its length is wrong");
            }
        }

        return 0;
    }

    private bool Feed()
    {
        var left = Input.Available;
        if (left == 0)
        {
            return false;
        }

        _bulk = left > _trailer + 1;
        Input.Allowed = _bulk ? left - _trailer - 1 : 1;
        return true;
    }

    private int Inflate(Span<byte> output)
    {
        Input.Starved = false;
        try
        {
            var count = _stream.Read(output);
            _finished = count == 0 && !Input.Starved;
            return count;
        }
        catch (InvalidDataException) when (Input.Starved)
        {
            // System.IO.Compression.UseStrictValidation takes a pause for the end.
            return 0;
        }
        catch (Exception e) when (e is InvalidDataException or IOException)
        {
            _failure = e;
            return 0;
        }
    }
}
