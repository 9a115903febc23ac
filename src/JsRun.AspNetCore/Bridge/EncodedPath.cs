using System.Buffers;
using System.Text;

namespace JsRun.AspNetCore.Bridge;

/// <summary>Compares a path as the client sent it with one that the server decoded.</summary>
internal static class EncodedPath
{
    /// <param name="encoded">The raw path.</param>
    /// <param name="pathBase">The first part of the decoded path.</param>
    /// <param name="path">The rest of the decoded path.</param>
    /// <returns>False also where it cannot be told, such as for dot segments.</returns>
    public static bool Matches(ReadOnlySpan<char> encoded, ReadOnlySpan<char> pathBase, ReadOnlySpan<char> path)
    {
        if (!encoded.Contains('%'))
        {
            return false;
        }

        var buffer = ArrayPool<byte>.Shared.Rent(Encoding.UTF8.GetMaxByteCount(encoded.Length) + Encoding.UTF8.GetMaxByteCount(pathBase.Length + path.Length));
        try
        {
            var decoded = Decode(encoded, buffer);
            var expected = decoded + Encoding.UTF8.GetBytes(pathBase, buffer.AsSpan(decoded));
            expected += Encoding.UTF8.GetBytes(path, buffer.AsSpan(expected));
            return buffer.AsSpan(0, decoded).SequenceEqual(buffer.AsSpan(decoded, expected - decoded));
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    /// <summary>Decodes as servers do: an encoded slash stays encoded, so that it separates no segments.</summary>
    private static int Decode(ReadOnlySpan<char> encoded, Span<byte> target)
    {
        var length = 0;
        for (var i = 0; i < encoded.Length; i++)
        {
            var c = encoded[i];
            if (c == '%' && i + 2 < encoded.Length && char.IsAsciiHexDigit(encoded[i + 1]) && char.IsAsciiHexDigit(encoded[i + 2]))
            {
                var value = Convert.ToInt32(encoded.Slice(i + 1, 2).ToString(), 16);
                if (value != '/')
                {
                    target[length++] = (byte)value;
                    i += 2;
                    continue;
                }
            }

            length += Encoding.UTF8.GetBytes(encoded.Slice(i, 1), target[length..]);
        }

        return length;
    }
}
