using System.IO.Pipelines;
using JsRun.Images;
using JsRun.Images.Building;

namespace JsRun.Workers.Brokering;

/// <summary>
/// Builds images for workers, one at a time, and keeps them for the next process. A job comes from a process that is not trusted, and runs in one that is trusted no more. Thread-safe.
/// </summary>
internal sealed class BrokeredImages(ImageTiers tiers) : IDisposable
{
    private const int MostBytes = 256 << 20;

    private readonly SemaphoreSlim _turn = new(1, 1);

    public async Task<ImageReport> BuildAsync(WorkerJob job, IDuplexPipe blobs, CancellationToken cancellationToken)
    {
        try
        {
            if (tiers is not { Worker: { } worker, Jobs: { } jobs })
            {
                throw new WorkerException(tiers.Reason, isFault: false);
            }

            // What the worker says of memory is not part of the key.
            job = job with { MaxMemoryBytes = WorkerProcess.MaxMemoryBytes };
            var blob = await ReadAsync(blobs.Input, cancellationToken).ConfigureAwait(false);
            var key = jobs.KeyOf(job, blob);
            var (reply, built) = jobs.Load(key) ?? await RunAsync(worker, jobs, key, job, blob, cancellationToken).ConfigureAwait(false);
            if (reply.Error is { } error)
            {
                throw new WorkerException(error, isFault: true);
            }

            _ = SendAsync(blobs.Output, built);
            return new ImageReport(null, false, false, reply.Unfit);
        }
        catch (WorkerException e)
        {
            await blobs.Output.CompleteAsync().ConfigureAwait(false);
            return new ImageReport(e.Message, e.IsFault, e.IsTimeout, new Dictionary<int, string>());
        }
    }

    public void Dispose() => _turn.Dispose();

    /// <summary>Reads what an image consists of.</summary>
    /// <exception cref="WorkerException">It is too large.</exception>
    public static async Task<byte[]> ReadAsync(PipeReader reader, CancellationToken cancellationToken)
    {
        using var blob = new MemoryStream();
        while (true)
        {
            var part = await reader.ReadAsync(cancellationToken).ConfigureAwait(false);
            foreach (var segment in part.Buffer)
            {
                blob.Write(segment.Span);
            }

            reader.AdvanceTo(part.Buffer.End);
            if (blob.Length > MostBytes)
            {
                throw new WorkerException($"the image has more than {MostBytes >> 20} MiB", isFault: true);
            }

            if (part.IsCompleted)
            {
                return blob.ToArray();
            }
        }
    }

    /// <summary>Sends what an image consists of, and ends the pipe.</summary>
    public static async Task SendAsync(PipeWriter writer, ReadOnlyMemory<byte> blob)
    {
        Exception? failure = null;
        try
        {
            await writer.WriteAsync(blob).ConfigureAwait(false);
        }
        catch (Exception e)
        {
            failure = e;
        }

        await writer.CompleteAsync(failure).ConfigureAwait(false);
    }

    private async Task<(WorkerReply Reply, byte[] Blob)> RunAsync(WorkerProcess worker, WorkerJobCache jobs, string key, WorkerJob job, byte[] blob, CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            // Several workers of a group ask for the same.
            if (jobs.Load(key) is { } known)
            {
                return known;
            }

            var (reply, built) = await worker.RunAsync(job, blob, cancellationToken).ConfigureAwait(false);
            await jobs.SaveAsync(key, reply, built).ConfigureAwait(false);
            return (reply, built);
        }
        catch (WorkerException e) when (e is { IsFault: true, IsTimeout: false })
        {
            // V8 cannot serialise it: it need not be tried again.
            await jobs.SaveAsync(key, new WorkerReply(e.Message, new Dictionary<int, string>()), default).ConfigureAwait(false);
            throw;
        }
        finally
        {
            _turn.Release();
        }
    }
}
