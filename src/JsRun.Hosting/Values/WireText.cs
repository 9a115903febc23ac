using System.Buffers;
using System.Globalization;

namespace JsRun.Values;

/// <summary>The text of a value that is being written, in rented memory.</summary>
internal sealed class WireText : IDisposable
{
    private char[] _buffer = ArrayPool<char>.Shared.Rent(512);
    private int _length;

    public void Append(char c)
    {
        Reserve(1);
        _buffer[_length++] = c;
    }

    public void Append(ReadOnlySpan<char> text)
    {
        Reserve(text.Length);
        text.CopyTo(_buffer.AsSpan(_length));
        _length += text.Length;
    }

    public void Append<T>(T number)
        where T : ISpanFormattable
    {
        int written;
        while (!number.TryFormat(_buffer.AsSpan(_length), out written, default, CultureInfo.InvariantCulture))
        {
            Reserve(_buffer.Length);
        }

        _length += written;
    }

    /// <summary>A text with its length before it.</summary>
    public void AppendCounted(ReadOnlySpan<char> text)
    {
        Append(text.Length);
        Append(':');
        Append(text);
    }

    public override string ToString() => new(_buffer, 0, _length);

    public void Dispose()
    {
        var buffer = _buffer;
        _buffer = [];
        ArrayPool<char>.Shared.Return(buffer);
    }

    private void Reserve(int count)
    {
        if (_buffer.Length - _length >= count)
        {
            return;
        }

        var larger = ArrayPool<char>.Shared.Rent(Math.Max(_buffer.Length * 2, _length + count));
        _buffer.AsSpan(0, _length).CopyTo(larger);
        ArrayPool<char>.Shared.Return(_buffer);
        _buffer = larger;
    }
}
