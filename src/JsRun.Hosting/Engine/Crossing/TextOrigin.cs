using System.Buffers;
using System.Text;
using JsRun.Streams;

namespace JsRun.Engine.Crossing;

/// <summary>Text, written as UTF-8.</summary>
internal readonly ref struct TextOrigin(ReadOnlySpan<char> text) : ICopyOrigin
{
    private readonly ReadOnlySpan<char> _text = text;

    public int WriteTo(IBufferWriter<byte> writer) => (int)Encoding.UTF8.GetBytes(_text, writer);
}
