using System.Security.Cryptography;
using System.Text;

namespace JsRun.Modules;

/// <summary>A file as it was read, once.</summary>
internal sealed class SourceFile
{
    private static ReadOnlySpan<byte> Bom => [0xEF, 0xBB, 0xBF];

    public SourceFile(string path, byte[] bytes)
    {
        Path = path;
        Bytes = bytes.AsSpan().StartsWith(Bom) ? bytes.AsMemory(Bom.Length) : bytes;
        Text = Encoding.UTF8.GetString(Bytes.Span);
        Hash = Convert.ToHexStringLower(SHA256.HashData(bytes));
    }

    public string Path { get; }

    /// <summary>The content without a byte order mark.</summary>
    public ReadOnlyMemory<byte> Bytes { get; }

    /// <summary>The content as UTF-8; what is none is replaced.</summary>
    public string Text { get; }

    public string Hash { get; }
}
