using System.Buffers;
using System.Text;

namespace JsRun.Engine.Crossing;

/// <summary>UTF-8 for scripts, without a string of .NET's: the characters go between V8 and rented arrays.</summary>
internal static class TextCrossing
{
    /// <summary>What was staged and the first bytes of the buffer, as text.</summary>
    public static void Decode(TransferBuffer transfer, int count, in HostReply reply)
    {
        if (count > 0)
        {
            transfer.Stage(count);
        }

        var bytes = transfer.Staged;
        var characters = ArrayPool<char>.Shared.Rent(Math.Max(1, bytes.Length));
        // No sequence has more characters than bytes.
        var length = Encoding.UTF8.GetChars(bytes, characters);
        transfer.Clear();
        reply.Set(characters.AsSpan(0, length));
        ArrayPool<char>.Shared.Return(characters);
    }

    /// <summary>Puts the text into the buffer, which has room for three bytes a character. Says how many it became.</summary>
    public static int Encode(TransferBuffer transfer, ReadOnlySpan<char> text)
    {
        var bytes = ArrayPool<byte>.Shared.Rent(Math.Max(1, Encoding.UTF8.GetMaxByteCount(text.Length)));
        var count = Encoding.UTF8.GetBytes(text, bytes);
        transfer.Write(bytes.AsSpan(0, count), 0);
        ArrayPool<byte>.Shared.Return(bytes);
        return count;
    }
}
