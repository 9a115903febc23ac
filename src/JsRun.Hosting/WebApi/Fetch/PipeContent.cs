using System.IO.Pipelines;
using System.Net;

namespace JsRun.WebApi.Fetch;

/// <summary>Sends what a pipe holds as it comes, flushed whenever no more is ready, and completes the reader whatever happens.</summary>
internal sealed class PipeContent(PipeReader reader, long size) : HttpContent
{
    private bool _completed;

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) => SerializeToStreamAsync(stream, context, CancellationToken.None);

    protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context, CancellationToken cancellationToken)
    {
        try
        {
            await CopyAsync(stream, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            Complete();
        }
    }

    protected override bool TryComputeLength(out long length)
    {
        length = size;
        return size >= 0;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            Complete();
        }

        base.Dispose(disposing);
    }

    private async Task CopyAsync(Stream stream, CancellationToken cancellationToken)
    {
        while (true)
        {
            var result = await reader.ReadAsync(cancellationToken).ConfigureAwait(false);
            foreach (var segment in result.Buffer)
            {
                await stream.WriteAsync(segment, cancellationToken).ConfigureAwait(false);
            }

            reader.AdvanceTo(result.Buffer.End);
            if (result.IsCanceled)
            {
                throw new OperationCanceledException("The body's reader was cancelled.");
            }

            if (result.IsCompleted)
            {
                return;
            }

            await stream.FlushAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    private void Complete()
    {
        if (!Interlocked.Exchange(ref _completed, true))
        {
            reader.Complete();
        }
    }
}
