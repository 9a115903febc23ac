using System.IO.Pipelines;
using System.Runtime.InteropServices;
using System.Text.Json;
using JsRun.Diagnostics;
using JsRun.Engine.Contexts;
using Microsoft.Extensions.Logging;

namespace JsRun.Workers.Brokering;

/// <summary>The cache store of a group for its workers: JsRun's own, which all of them share, or the application's. Thread-safe.</summary>
internal sealed class BrokeredCaches(ContextOptions options, string group, ILogger logger)
{
    // Of names and headers, and base64.
    private const int Overhead = 1 << 20;

    private readonly IJsCacheStore _store = options.Shared.Caches;

    public async Task<CacheReport> CallAsync(CacheOrder order, IDuplexPipe? entries, CancellationToken cancellationToken)
    {
        try
        {
            return await AnswerAsync(order, MemoryMarshal.Cast<byte, char>(order.Cache).ToString(), entries, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            logger.CacheStoreFailed(group, e);
            return new CacheReport(false, null, e is JsHostException || options.ExposeHostErrors ? ExceptionText.MessageOf(e) : $"{e.GetType().Name}.");
        }
        finally
        {
            if (entries is not null)
            {
                await entries.Input.CompleteAsync().ConfigureAwait(false);
                await entries.Output.CompleteAsync().ConfigureAwait(false);
            }
        }
    }

    private async ValueTask<CacheReport> AnswerAsync(CacheOrder order, string name, IDuplexPipe? entries, CancellationToken cancellationToken)
    {
        var query = order.Query ?? new JsCacheQuery();
        switch (order.Member)
        {
            case CacheMember.Names:
                var names = await _store.GetNamesAsync(cancellationToken).ConfigureAwait(false);
                return new CacheReport(true, [.. names.Select(ToBytes)], null);
            case CacheMember.Has:
                return Done(await _store.HasAsync(name, cancellationToken).ConfigureAwait(false));
            case CacheMember.Open:
                return Done(await _store.OpenAsync(name, cancellationToken).ConfigureAwait(false));
            case CacheMember.Delete:
                return Done(await _store.DeleteAsync(name, cancellationToken).ConfigureAwait(false));
            case CacheMember.Remove:
                return Done(await _store.RemoveAsync(name, query, cancellationToken).ConfigureAwait(false));
            case CacheMember.Match when entries is not null:
                var found = await _store.MatchAsync(name, query, cancellationToken).ConfigureAwait(false);
                await JsonSerializer.SerializeAsync(entries.Output, found.Where(query.Matches).ToArray(), WorkersJson.Default.JsCacheEntryArray, cancellationToken).ConfigureAwait(false);
                return Done(true);
            case CacheMember.Put when entries is not null:
                return Done(await ReadAsync(entries.Input, cancellationToken).ConfigureAwait(false) is { } entry && await _store.PutAsync(name, entry, cancellationToken).ConfigureAwait(false));
            default:
                throw new InvalidOperationException($"There is no member {order.Member} of caches.");
        }
    }

    public static byte[] ToBytes(string text) => MemoryMarshal.AsBytes(text.AsSpan()).ToArray();

    // A worker is not trusted to keep to the limit.
    private async ValueTask<JsCacheEntry?> ReadAsync(PipeReader reader, CancellationToken cancellationToken)
    {
        var most = (2 * options.Limits.MaxCacheBytes) + Overhead;
        using var json = new MemoryStream();
        while (true)
        {
            var part = await reader.ReadAsync(cancellationToken).ConfigureAwait(false);
            foreach (var segment in part.Buffer)
            {
                json.Write(segment.Span);
            }

            reader.AdvanceTo(part.Buffer.End);
            if (json.Length > most)
            {
                return null;
            }

            if (part.IsCompleted)
            {
                var entry = JsonSerializer.Deserialize(json.GetBuffer().AsSpan(0, (int)json.Length), WorkersJson.Default.JsCacheEntry);
                return entry?.Body.Length <= options.Limits.MaxCacheBytes ? entry : null;
            }
        }
    }

    private static CacheReport Done(bool isDone) => new(isDone, null, null);
}
