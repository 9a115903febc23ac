using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text.Json;

namespace JsRun.Images;

/// <summary>
/// An image on a disk: magic, version, length and text of the header, length of the blob, SHA-256 of all of that and the blob, the blob. The hash finds what is torn or corrupt; against
/// forgery there is only the folder, which belongs to the user alone.
/// </summary>
internal static class ImageFile
{
    private const int Version = 1;
    private const int MostHeader = 1 << 20;
    private const int MostBlob = 1 << 30;

    private static ReadOnlySpan<byte> Magic => "JSRUNIMG"u8;

    public static byte[] Write(ImageHeader header, ReadOnlySpan<byte> blob)
    {
        var json = JsonSerializer.SerializeToUtf8Bytes(header, ImageJson.Default.ImageHeader);
        var front = Magic.Length + sizeof(int) + sizeof(int) + json.Length + sizeof(int);
        var file = new byte[front + SHA256.HashSizeInBytes + blob.Length];
        var span = file.AsSpan();
        Magic.CopyTo(span);
        BinaryPrimitives.WriteInt32LittleEndian(span[8..], Version);
        BinaryPrimitives.WriteInt32LittleEndian(span[12..], json.Length);
        json.CopyTo(span[16..]);
        BinaryPrimitives.WriteInt32LittleEndian(span[(16 + json.Length)..], blob.Length);
        Hash(span[..front], blob, span.Slice(front, SHA256.HashSizeInBytes));
        blob.CopyTo(span[(front + SHA256.HashSizeInBytes)..]);
        return file;
    }

    /// <returns>What is in it, or why it is not an image.</returns>
    public static (ImageHeader? Header, ReadOnlyMemory<byte> Blob, string? Error) Read(ReadOnlyMemory<byte> file)
    {
        var span = file.Span;
        if (span.Length < 16 || !span.StartsWith(Magic))
        {
            return Broken("it does not begin as an image does");
        }

        if (BinaryPrimitives.ReadInt32LittleEndian(span[8..]) is var version && version != Version)
        {
            return Broken($"it has the version {version}, and not {Version}");
        }

        var headerLength = BinaryPrimitives.ReadInt32LittleEndian(span[12..]);
        if (headerLength is < 2 or > MostHeader || span.Length < 16 + headerLength + sizeof(int) + SHA256.HashSizeInBytes)
        {
            return Broken("it is too short for its header");
        }

        var front = 16 + headerLength + sizeof(int);
        var blobLength = BinaryPrimitives.ReadInt32LittleEndian(span[(front - sizeof(int))..]);
        if (blobLength is < 1 or > MostBlob || span.Length != front + SHA256.HashSizeInBytes + blobLength)
        {
            return Broken("it has not the length that it names");
        }

        var blob = file[(front + SHA256.HashSizeInBytes)..];
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        Hash(span[..front], blob.Span, hash);
        if (!hash.SequenceEqual(span.Slice(front, SHA256.HashSizeInBytes)))
        {
            return Broken("its hash is wrong");
        }

        try
        {
            return JsonSerializer.Deserialize(span.Slice(16, headerLength), ImageJson.Default.ImageHeader) is { Key: not null, Functions: not null } header ? (header, blob, null) : Broken("its header is empty");
        }
        catch (JsonException e)
        {
            return Broken($"its header cannot be read: {e.Message}");
        }
    }

    private static (ImageHeader? Header, ReadOnlyMemory<byte> Blob, string? Error) Broken(string error) => (null, default, error);

    private static void Hash(ReadOnlySpan<byte> front, ReadOnlySpan<byte> blob, Span<byte> destination)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(front);
        hash.AppendData(blob);
        hash.GetHashAndReset(destination);
    }
}
