using JsRun.Images.Building;
using JsRun.Workers.Brokering;
using Nerdbank.Streams;

namespace JsRun.Workers.Serving;

/// <summary>In a worker: has the host run the jobs of images. Thread-safe.</summary>
internal sealed class BrokeredImageWorker(WorkerUplink uplink)
{
    /// <inheritdoc cref="RunWorker"/>
    public async Task<(WorkerReply Reply, byte[] Blob)> RunAsync(WorkerJob job, ReadOnlyMemory<byte> blob, CancellationToken cancellationToken)
    {
        var broker = await uplink.Connected.WaitAsync(cancellationToken).ConfigureAwait(false);
        var (own, theirs) = FullDuplexStream.CreatePipePair();
        try
        {
            var sending = BrokeredImages.SendAsync(own.Output, blob);
            var report = await broker.BuildImageAsync(job, theirs, cancellationToken).ConfigureAwait(false);
            if (report.Error is { } error)
            {
                throw new WorkerException(error, report.IsFault) { IsTimeout = report.IsTimeout };
            }

            await sending.ConfigureAwait(false);
            return (new WorkerReply(null, report.Unfit), await BrokeredImages.ReadAsync(own.Input, cancellationToken).ConfigureAwait(false));
        }
        catch (Exception e) when (e is StreamJsonRpc.RemoteRpcException or ObjectDisposedException or IOException)
        {
            throw new WorkerException($"the host did not answer: {e.Message}", isFault: false, e);
        }
        finally
        {
            await own.Input.CompleteAsync().ConfigureAwait(false);
        }
    }
}
