using System.IO.Pipelines;
using JsRun.Streams;

namespace JsRun.Functions.Filters;

/// <summary>A response that a filter has created. It holds nothing that must be disposed of, so it can be sent more than once.</summary>
internal sealed class HostResponse(int status, string headers, ReadOnlyMemory<byte> content) : EdgeFunctionResponse
{
    public override int Status { get; } = status;

    public override string Headers { get; } = headers;

    public override BodyKind BodyKind { get; } = content.IsEmpty ? BodyKind.None : BodyKind.Bytes;

    public override long? ContentLength { get; } = content.Length;

    public override async ValueTask WriteBodyAsync(PipeWriter writer, CancellationToken cancellationToken) => await writer.WriteAsync(content, cancellationToken).ConfigureAwait(false);

    public override ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
