using System.Buffers;

namespace JsRun.AspNetCore.Bridge;

/// <summary>Builds one string in a buffer of the stack, then of the pool.</summary>
internal ref struct TextBuffer(Span<char> initial)
{
    private Span<char> _span = initial;
    private char[]? _rented;

    public int Length { get; private set; }

    public void Append(char c)
    {
        if (Length == _span.Length)
        {
            Grow(1);
        }

        _span[Length++] = c;
    }

    public void Append(ReadOnlySpan<char> text)
    {
        if (text.Length > _span.Length - Length)
        {
            Grow(text.Length);
        }

        text.CopyTo(_span[Length..]);
        Length += text.Length;
    }

    public readonly Span<char> Written => _span[..Length];

    public override readonly string ToString() => new(_span[..Length]);

    public void Dispose()
    {
        if (_rented is { } rented)
        {
            _rented = null;
            ArrayPool<char>.Shared.Return(rented);
        }
    }

    private void Grow(int more)
    {
        var larger = ArrayPool<char>.Shared.Rent(Math.Max(Length + more, _span.Length * 2));
        _span[..Length].CopyTo(larger);
        if (_rented is { } rented)
        {
            ArrayPool<char>.Shared.Return(rented);
        }

        _rented = larger;
        _span = larger;
    }
}
