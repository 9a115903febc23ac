using System.Buffers;
using System.IO.Pipelines;
using System.Text;
using JsRun.Engine.Operations;
using JsRun.Streams;

namespace JsRun.Functions;

/// <summary>A function's answer on its way to the caller.</summary>
internal sealed class FunctionResponse(
    FunctionInvocation invocation,
    ResponseHead head,
    BodyKind kind,
    string? text,
    byte[]? bytes,
    long length,
    ByteSink? sink) : EdgeFunctionResponse
{
    private const int Piece = 64 * 1024;
    private byte[]? _bytes = bytes;
    private bool _complete = kind != BodyKind.Stream;
    private bool _disposed;

    public override int Status { get; } = head.Status;

    public override string StatusText { get; } = head.StatusText;

    public override string Headers { get; } = head.Headers;

    public override BodyKind BodyKind { get; } = kind;

    public override long? ContentLength { get; } = kind switch
    {
        BodyKind.None => 0,
        BodyKind.Text => Encoding.UTF8.GetByteCount(text!),
        _ => length < 0 ? null : length,
    };

    public override async ValueTask WriteBodyAsync(PipeWriter writer, CancellationToken cancellationToken)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        switch (BodyKind)
        {
            case BodyKind.Text:
                await WriteTextAsync(writer, cancellationToken).ConfigureAwait(false);
                break;
            case BodyKind.Bytes:
                await WriteBytesAsync(writer, cancellationToken).ConfigureAwait(false);
                break;
            case BodyKind.Stream:
                await sink!.PumpAsync(writer, cancellationToken).ConfigureAwait(false);
                _complete = true;
                break;
        }
    }

    public override async ValueTask DisposeAsync()
    {
        // Strategies of a pipeline dispose of answers that they drop.
        if (Interlocked.Exchange(ref _disposed, true))
        {
            return;
        }

        Return();
        invocation.StreamEnded();
        invocation.Ending.ResponseEnded(_complete);
        await invocation.CloseBodyAsync().ConfigureAwait(false);
    }

    /// <summary>The response cannot go on: its stream ends with the error.</summary>
    public void Fail(Exception exception) => sink?.End(exception);

    /// <summary>Nobody will read it.</summary>
    public void Abandon()
    {
        Return();
        sink?.LoseReader();
    }

    // In pieces: what a slow client has not read yet is in memory once, and not in the server's buffers as well.
    private async ValueTask WriteTextAsync(PipeWriter writer, CancellationToken cancellationToken)
    {
        var encoder = Encoding.UTF8.GetEncoder();
        for (var at = 0; at < text!.Length; at += Piece)
        {
            var count = Math.Min(Piece, text.Length - at);
            encoder.Convert(text.AsSpan(at, count), writer, flush: at + count == text.Length, out _, out _);
            await writer.FlushAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    private async ValueTask WriteBytesAsync(PipeWriter writer, CancellationToken cancellationToken)
    {
        for (var at = 0; at < length; at += Piece)
        {
            writer.Write(_bytes.AsSpan(at, Math.Min(Piece, (int)length - at)));
            await writer.FlushAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    private void Return()
    {
        if (Interlocked.Exchange(ref _bytes, null) is { } rented)
        {
            ArrayPool<byte>.Shared.Return(rented);
        }
    }
}
