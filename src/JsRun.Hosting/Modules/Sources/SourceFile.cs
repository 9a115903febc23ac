using System.Security.Cryptography;
using System.Text;

namespace JsRun.Modules.Sources;

/// <summary>A file as it was read, once.</summary>
internal sealed class SourceFile
{
    private string? _text;

    private static ReadOnlySpan<byte> Bom => [0xEF, 0xBB, 0xBF];

    public SourceFile(string path, ReadOnlyMemory<byte> bytes)
    {
        Path = path;
        Bytes = bytes.Span.StartsWith(Bom) ? bytes[Bom.Length..] : bytes;
        RawBytes = bytes;
        Hash = Convert.ToHexStringLower(SHA256.HashData(bytes.Span));
    }

    public string Path { get; }

    /// <summary>The content without a byte order mark.</summary>
    public ReadOnlyMemory<byte> Bytes { get; }

    /// <summary>The content as it is.</summary>
    public ReadOnlyMemory<byte> RawBytes { get; }

    /// <summary>The content as UTF-8; what is none is replaced.</summary>
    public string Text => _text ??= Encoding.UTF8.GetString(Bytes.Span);

    public string Hash { get; }
}
