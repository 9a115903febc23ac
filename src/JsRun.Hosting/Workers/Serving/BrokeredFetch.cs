using System.IO.Pipelines;
using JsRun.WebApi.Fetch;
using Nerdbank.Streams;

namespace JsRun.Workers.Serving;

/// <summary>In a worker: has the host send the requests of scripts. Thread-safe.</summary>
internal sealed class BrokeredFetch(WorkerUplink uplink) : IFetchService
{
    /// <inheritdoc/>
    public async Task<FetchResult> SendAsync(FetchRequest request, FetchCaller caller, CancellationToken cancellationToken)
    {
        var (own, theirs) = FullDuplexStream.CreatePipePair();
        var content = request.Body.ToContent(hasContentHeaders: false);
        var order = new FetchOrder(request.Token, request.Method, request.Url, request.Headers, content is not null, content?.Headers.ContentLength ?? -1);
        try
        {
            var sending = content is null ? Task.CompletedTask : UploadAsync(content, own.Output, cancellationToken);
            if (content is null)
            {
                await own.Output.CompleteAsync().ConfigureAwait(false);
            }

            var report = await uplink.Broker.FetchAsync(order, theirs, cancellationToken).ConfigureAwait(false);
            if (report.Error is { } error)
            {
                throw error.ToException();
            }

            return new FetchResult(report.Status, report.ReasonPhrase, report.Headers, report.HasBody ? own.Input.AsStream() : null, new Closing(own, sending));
        }
        catch (Exception e)
        {
            request.Body.Abandon();
            content?.Dispose();
            await own.Input.CompleteAsync().ConfigureAwait(false);
            throw e is StreamJsonRpc.RemoteRpcException or ObjectDisposedException or IOException ? new FetchException("The host did not answer.", e) : e;
        }
    }

    private static async Task UploadAsync(HttpContent content, PipeWriter writer, CancellationToken cancellationToken)
    {
        Exception? failure = null;
        try
        {
            await content.CopyToAsync(writer.AsStream(leaveOpen: true), cancellationToken).ConfigureAwait(false);
        }
        catch (Exception e)
        {
            failure = e;
        }

        content.Dispose();
        await writer.CompleteAsync(failure).ConfigureAwait(false);
    }

    private sealed class Closing(IDuplexPipe pipe, Task sending) : IDisposable
    {
        public void Dispose()
        {
            pipe.Input.Complete();
            if (sending.IsCompleted)
            {
                pipe.Output.Complete();
            }
        }
    }
}
