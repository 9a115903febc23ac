using System.Buffers;
using System.IO.Pipelines;
using System.Text;
using JsRun.Streams;

namespace JsRun.Functions;

/// <summary>A function's answer on its way to the caller.</summary>
internal sealed class FunctionResponse(
    FunctionInvocation invocation,
    int status,
    string headers,
    EdgeFunctionBodyKind kind,
    string? text,
    byte[]? bytes,
    int byteCount,
    ByteSink? sink) : EdgeFunctionResponse
{
    private byte[]? _bytes = bytes;
    private bool _complete = kind != EdgeFunctionBodyKind.Stream;
    private bool _disposed;

    public override int Status { get; } = status;

    public override string Headers { get; } = headers;

    public override EdgeFunctionBodyKind BodyKind { get; } = kind;

    public override long? ContentLength { get; } = kind switch
    {
        EdgeFunctionBodyKind.None => 0,
        EdgeFunctionBodyKind.Text => Encoding.UTF8.GetByteCount(text!),
        EdgeFunctionBodyKind.Bytes => byteCount,
        _ => null,
    };

    public override async ValueTask WriteBodyAsync(PipeWriter writer, CancellationToken cancellationToken)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        switch (BodyKind)
        {
            case EdgeFunctionBodyKind.Text:
                Encoding.UTF8.GetBytes(text, writer);
                await FlushAsync(writer, cancellationToken).ConfigureAwait(false);
                break;
            case EdgeFunctionBodyKind.Bytes:
                writer.Write(_bytes.AsSpan(0, byteCount));
                await FlushAsync(writer, cancellationToken).ConfigureAwait(false);
                break;
            case EdgeFunctionBodyKind.Stream:
                await sink!.PumpAsync(writer, cancellationToken).ConfigureAwait(false);
                _complete = true;
                break;
        }
    }

    public override async ValueTask DisposeAsync()
    {
        if (_disposed)
        {
            return;
        }

        _disposed = true;
        Return();
        invocation.ResponseEnded(_complete);
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

    private static async ValueTask FlushAsync(PipeWriter writer, CancellationToken cancellationToken) => await writer.FlushAsync(cancellationToken).ConfigureAwait(false);

    private void Return()
    {
        if (Interlocked.Exchange(ref _bytes, null) is { } rented)
        {
            ArrayPool<byte>.Shared.Return(rented);
        }
    }
}
