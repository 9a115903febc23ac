using System.IO.Pipelines;
using System.Runtime.InteropServices;
using System.Text.Json;
using JsRun.Workers.Brokering;
using Nerdbank.Streams;

namespace JsRun.Workers.Serving;

/// <summary>In a worker: the cache store of the group, which the host keeps. Thread-safe.</summary>
internal sealed class UplinkedCaches(WorkerUplink uplink) : IJsCacheStore
{
    /// <inheritdoc/>
    public async ValueTask<IReadOnlyList<string>> GetNamesAsync(CancellationToken cancellationToken)
    {
        var report = await CallAsync(CacheMember.Names, "", null, null, cancellationToken).ConfigureAwait(false);
        return [.. report.Names!.Select(static name => MemoryMarshal.Cast<byte, char>(name).ToString())];
    }

    /// <inheritdoc/>
    public ValueTask<bool> HasAsync(string cache, CancellationToken cancellationToken) => AskAsync(CacheMember.Has, cache, null, cancellationToken);

    /// <inheritdoc/>
    public ValueTask<bool> OpenAsync(string cache, CancellationToken cancellationToken) => AskAsync(CacheMember.Open, cache, null, cancellationToken);

    /// <inheritdoc/>
    public ValueTask<bool> DeleteAsync(string cache, CancellationToken cancellationToken) => AskAsync(CacheMember.Delete, cache, null, cancellationToken);

    /// <inheritdoc/>
    public ValueTask<bool> RemoveAsync(string cache, JsCacheQuery query, CancellationToken cancellationToken) => AskAsync(CacheMember.Remove, cache, query, cancellationToken);

    /// <inheritdoc/>
    public async ValueTask<IReadOnlyList<JsCacheEntry>> MatchAsync(string cache, JsCacheQuery query, CancellationToken cancellationToken)
    {
        var (own, theirs) = FullDuplexStream.CreatePipePair();
        await own.Output.CompleteAsync().ConfigureAwait(false);
        // The host answers when all entries have been taken.
        var calling = CallAsync(CacheMember.Match, cache, query, theirs, cancellationToken).AsTask();
        try
        {
            using var json = new MemoryStream();
            await own.Input.CopyToAsync(json, cancellationToken).ConfigureAwait(false);
            await calling.ConfigureAwait(false);
            json.Position = 0;
            return JsonSerializer.Deserialize(json, WorkersJson.Default.JsCacheEntryArray)!;
        }
        finally
        {
            await own.Input.CompleteAsync().ConfigureAwait(false);
        }
    }

    /// <inheritdoc/>
    public async ValueTask<bool> PutAsync(string cache, JsCacheEntry entry, CancellationToken cancellationToken)
    {
        var (own, theirs) = FullDuplexStream.CreatePipePair();
        try
        {
            var calling = CallAsync(CacheMember.Put, cache, null, theirs, cancellationToken);
            await JsonSerializer.SerializeAsync(own.Output, entry, WorkersJson.Default.JsCacheEntry, cancellationToken).ConfigureAwait(false);
            await own.Output.CompleteAsync().ConfigureAwait(false);
            return (await calling.ConfigureAwait(false)).IsDone;
        }
        finally
        {
            await own.Output.CompleteAsync().ConfigureAwait(false);
            await own.Input.CompleteAsync().ConfigureAwait(false);
        }
    }

    private async ValueTask<bool> AskAsync(CacheMember member, string cache, JsCacheQuery? query, CancellationToken cancellationToken) =>
        (await CallAsync(member, cache, query, null, cancellationToken).ConfigureAwait(false)).IsDone;

    private async ValueTask<CacheReport> CallAsync(CacheMember member, string cache, JsCacheQuery? query, IDuplexPipe? entries, CancellationToken cancellationToken)
    {
        try
        {
            var report = await uplink.Broker.CacheAsync(new CacheOrder(member, BrokeredCaches.ToBytes(cache), query), entries, cancellationToken).ConfigureAwait(false);
            return report.Error is { } error ? throw new JsHostException(error) : report;
        }
        catch (Exception e) when (e is StreamJsonRpc.RemoteRpcException or ObjectDisposedException or IOException)
        {
            throw new JsHostException("The host did not answer.", e);
        }
    }
}
