using System.Buffers;
using System.Buffers.Binary;
using System.IO.Pipelines;
using StreamJsonRpc;
using StreamJsonRpc.Protocol;

namespace JsRun.Workers;

/// <summary>Reads messages that begin with their length, and none that claims to be longer than anything that is ever sent: the other side may be hostile.</summary>
internal sealed class BoundedMessageHandler(IDuplexPipe pipe, IJsonRpcMessageFormatter formatter) : LengthHeaderMessageHandler(pipe, formatter)
{
    /// <summary>The length of the longest message in bytes: a job of images, with the scripts of all functions.</summary>
    public const int MostBytes = 64 << 20;

    /// <exception cref="InvalidDataException">The message is too long.</exception>
    protected override async ValueTask<JsonRpcMessage?> ReadCoreAsync(CancellationToken cancellationToken)
    {
        var start = await Reader!.ReadAtLeastAsync(sizeof(int), cancellationToken).ConfigureAwait(false);
        Check(start.Buffer);
        Reader.AdvanceTo(start.Buffer.Start);
        return await base.ReadCoreAsync(cancellationToken).ConfigureAwait(false);
    }

    private static void Check(in ReadOnlySequence<byte> buffer)
    {
        Span<byte> length = stackalloc byte[sizeof(int)];
        if (buffer.Length >= length.Length)
        {
            buffer.Slice(0, length.Length).CopyTo(length);
            if (BinaryPrimitives.ReadUInt32BigEndian(length) > MostBytes)
            {
                throw new InvalidDataException($"A message is longer than {MostBytes >> 20} MiB.");
            }
        }
    }
}
