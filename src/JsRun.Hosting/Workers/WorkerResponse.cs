using System.IO.Pipelines;
using JsRun.Functions;
using JsRun.Streams;

namespace JsRun.Workers;

/// <summary>A response of a worker, which counts as in flight until it is disposed of.</summary>
internal sealed class WorkerResponse(EdgeFunctionResponse inner, Action ended) : EdgeFunctionResponse
{
    private Action? _ended = ended;

    /// <summary>The response that is forwarded.</summary>
    public EdgeFunctionResponse Inner => inner;

    public override int Status => inner.Status;

    public override string StatusText => inner.StatusText;

    public override string Headers => inner.Headers;

    public override BodyKind BodyKind => inner.BodyKind;

    public override long? ContentLength => inner.ContentLength;

    public override ValueTask WriteBodyAsync(PipeWriter writer, CancellationToken cancellationToken) => inner.WriteBodyAsync(writer, cancellationToken);

    public override async ValueTask DisposeAsync()
    {
        await inner.DisposeAsync().ConfigureAwait(false);
        Interlocked.Exchange(ref _ended, null)?.Invoke();
    }
}
