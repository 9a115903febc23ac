using System.IO.Pipelines;
using JsRun.Images;
using JsRun.Images.Building;

namespace JsRun.Workers;

/// <summary>Builds images for workers, one at a time. A job comes from a process that is not trusted, and runs in one that is trusted no more. Thread-safe.</summary>
internal sealed class BrokeredImages(ImageTiers tiers) : IDisposable
{
    private const int MostBytes = 256 << 20;

    private readonly SemaphoreSlim _turn = new(1, 1);

    public async Task<ImageReport> BuildAsync(WorkerJob job, IDuplexPipe blobs, CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            if (tiers.Worker is not { } worker)
            {
                return Failed(tiers.Reason, isFault: false);
            }

            var blob = await ReadAsync(blobs.Input, cancellationToken).ConfigureAwait(false);
            var (reply, built) = await worker.RunAsync(job with { MaxMemoryBytes = WorkerProcess.MaxMemoryBytes }, blob, cancellationToken).ConfigureAwait(false);
            _ = SendAsync(blobs.Output, built);
            return new ImageReport(reply.Error, true, false, reply.Unfit);
        }
        catch (WorkerException e)
        {
            await blobs.Output.CompleteAsync().ConfigureAwait(false);
            return Failed(e.Message, e.IsFault, e.IsTimeout);
        }
        finally
        {
            _turn.Release();
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

    private static ImageReport Failed(string error, bool isFault, bool isTimeout = false) => new(error, isFault, isTimeout, new Dictionary<int, string>());
}
