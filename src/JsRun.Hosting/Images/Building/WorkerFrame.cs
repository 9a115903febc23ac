using System.Buffers.Binary;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace JsRun.Images.Building;

/// <summary>What crosses between a process and its worker: the length of a JSON text, the text, the length of a blob, the blob.</summary>
internal static class WorkerFrame
{
    // A frame is as large as an image with the scripts that go in; what claims to be larger is none.
    private const int MostBytes = 1 << 30;

    public static async Task WriteAsync<T>(Stream stream, T message, JsonTypeInfo<T> type, ReadOnlyMemory<byte> blob, CancellationToken cancellationToken)
    {
        await WriteAsync(stream, JsonSerializer.SerializeToUtf8Bytes(message, type), cancellationToken).ConfigureAwait(false);
        await WriteAsync(stream, blob, cancellationToken).ConfigureAwait(false);
        await stream.FlushAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <exception cref="InvalidDataException">It is not a frame.</exception>
    /// <exception cref="EndOfStreamException">It ends in the middle.</exception>
    public static async Task<(T Message, byte[] Blob)> ReadAsync<T>(Stream stream, JsonTypeInfo<T> type, CancellationToken cancellationToken)
        where T : class
    {
        var json = await ReadAsync(stream, cancellationToken).ConfigureAwait(false);
        var blob = await ReadAsync(stream, cancellationToken).ConfigureAwait(false);
        try
        {
            return (JsonSerializer.Deserialize(json, type) ?? throw new InvalidDataException("the message is empty"), blob);
        }
        catch (JsonException e)
        {
            throw new InvalidDataException($"the message cannot be read: {e.Message}", e);
        }
    }

    private static async Task WriteAsync(Stream stream, ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken)
    {
        var length = new byte[sizeof(int)];
        BinaryPrimitives.WriteInt32LittleEndian(length, bytes.Length);
        await stream.WriteAsync(length, cancellationToken).ConfigureAwait(false);
        await stream.WriteAsync(bytes, cancellationToken).ConfigureAwait(false);
    }

    private static async Task<byte[]> ReadAsync(Stream stream, CancellationToken cancellationToken)
    {
        var length = new byte[sizeof(int)];
        await stream.ReadExactlyAsync(length, cancellationToken).ConfigureAwait(false);
        var size = BinaryPrimitives.ReadInt32LittleEndian(length);
        if (size is < 0 or > MostBytes)
        {
            throw new InvalidDataException($"a part of {size} bytes is announced");
        }

        var bytes = new byte[size];
        await stream.ReadExactlyAsync(bytes, cancellationToken).ConfigureAwait(false);
        return bytes;
    }
}
